// Facebook: the post dialog (Lexical, a div as button) and a comment box that sends on Enter and has no button.
import { mountLexical } from "./lib/lexical.js";
import { h, publish, ready, register, watch } from "./lib/page.js";

function dialog() {
  const editable = h("div", {
    contenteditable: "true",
    role: "textbox",
    spellcheck: "true",
    "aria-label": "What's on your mind, Mira?",
    class: "x1 notranslate",
  });
  const send = (event, via) => {
    if (button.getAttribute("aria-disabled") !== "true") publish("post", event, via);
  };
  const button = h(
    "div",
    {
      "aria-label": "Post",
      role: "button",
      tabindex: "0",
      "aria-disabled": "true",
      class: "primary",
      onclick: (e) => send(e, "click"),
      // A div has no click of its own from the keyboard: the site makes it.
      onkeydown: (e) => {
        if (e.key === "Enter" || e.key === " ") {
          e.preventDefault();
          send(e, "key");
        }
      },
    },
    h("div", {}, h("span", {}, "Post")),
  );
  watch(button, "post");
  document.body.append(
    h(
      "div",
      { role: "dialog", "aria-label": "Create post", class: "modal" },
      h(
        "div",
        {
          "aria-label": "Edit privacy. Sharing with Public.",
          role: "button",
          "aria-haspopup": "dialog",
          tabindex: "0",
        },
        h("strong", {}, "Mira Santoso"),
        " · Public",
      ),
      h("div", { class: "editor-host" }, editable),
      h(
        "div",
        { class: "tools" },
        h("input", { type: "file", hidden: true }),
        h("div", { role: "button", "aria-label": "Photo/video", tabindex: "0" }, "▣"),
        button,
      ),
    ),
  );
  const lexical = mountLexical(editable, {
    onText: (text) => button.setAttribute("aria-disabled", String(!text.trim())),
  });
  register("post", { ...lexical, surface: "post", button: () => button });
}

function commentBox(main, name, label, surface) {
  const editable = h("div", {
    contenteditable: "true",
    role: "textbox",
    spellcheck: "true",
    "aria-label": label,
    class: "x1 notranslate",
  });
  main.append(
    h(
      "div",
      { class: "composer" },
      h("form", { role: "presentation", onsubmit: (e) => e.preventDefault() }, editable),
    ),
  );
  const lexical = mountLexical(editable, {
    enterSends: true,
    onSend: (event, via) => publish(name, event, via),
  });
  register(name, { ...lexical, surface, button: () => null });
}

export function mount(url) {
  const main = h("main", { role: "main" });
  document.body.append(
    h("header", {}, h("div", { "aria-label": "Your profile", role: "button" }, "Mira")),
    main,
  );
  if (url.pathname.startsWith("/acme/posts/")) {
    main.append(
      h(
        "div",
        { role: "article" },
        h("div", { "data-ad-preview": "message" }, "Our new shop opens on Monday."),
      ),
    );
    commentBox(main, "comment", "Write a comment…", "comment");
    commentBox(main, "reply", "Reply to Budi…", "reply");
  } else dialog();
  ready();
}
