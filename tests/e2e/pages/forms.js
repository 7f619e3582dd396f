// Sites that nobody wrote a description for: a React textarea, a form that is really posted, a script that submits it
// without an event, and an editor in a frame whose document the page wrote itself.
import { createElement as e, useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { h, publish, ready, register, watch } from "./lib/page.js";
import { mountPlain } from "./lib/plain.js";

function reactForm(main) {
  const host = h("div", {});
  main.append(host);
  const live = {};
  function Form() {
    const [text, setText] = useState("");
    live.text = text;
    live.clear = () => setText("");
    return e(
      "form",
      {
        className: "composer",
        onSubmit: (event) => {
          event.preventDefault();
          if (live.text.trim()) publish("react", event, "submit");
        },
      },
      e("textarea", {
        name: "comment",
        "aria-label": "Write a comment",
        value: text,
        onChange: (ev) => setText(ev.target.value),
      }),
      e("button", { type: "submit", className: "primary" }, "Post comment"),
    );
  }
  flushSync(() => createRoot(host).render(e(Form)));
  watch(host.querySelector("button"), "react");
  register("react", {
    family: "textarea",
    surface: "comment",
    editor: () => host.querySelector("textarea"),
    button: () => host.querySelector("button"),
    model: () => live.text,
    clear: () => live.clear(),
  });
}

function plainForm(main) {
  const area = h("textarea", { name: "text", rows: "4", "aria-label": "Write a reply" });
  const button = h("input", { type: "submit", value: "add comment" });
  const form = h("form", { method: "post", action: "/comment", class: "composer" }, area, button);
  main.append(form);
  window.__submitByScript = () => HTMLFormElement.prototype.submit.call(form);
  watch(button, "plain");
  register("plain", {
    family: "textarea",
    surface: "comment",
    editor: () => area,
    button: () => button,
    model: () => area.value,
  });
}

function frame(main) {
  const inner = h("iframe", { id: "inner", title: "Editor", src: "/inner" });
  main.append(inner);
}

function inner(main) {
  const editable = h("div", {
    contenteditable: "true",
    role: "textbox",
    "aria-label": "Write a post",
    class: "editor-host",
  });
  const plain = mountPlain(editable);
  const button = h(
    "button",
    { type: "button", class: "primary", onclick: (ev) => publish("inner", ev, "click") },
    "Post",
  );
  main.append(h("div", { class: "composer", role: "form" }, editable, button));
  watch(button, "inner");
  register("inner", { ...plain, surface: "post", button: () => button });
}

export function mount(url) {
  const main = h("main", {});
  document.body.append(main);
  if (url.pathname === "/inner") inner(main);
  else if (url.pathname === "/frame") frame(main);
  else if (url.pathname === "/plain") plainForm(main);
  else reactForm(main);
  ready();
}
