// Mastodon's web interface: a React form; Ctrl+Enter sends without a submit event; a picture without a description
// opens a second dialog whose own button sends.
import { createElement as e, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { h, publish, ready, register, watch } from "./lib/page.js";

const live = { text: "", warning: "" };

function Compose({ reply, withMedia }) {
  const [text, setText] = useState("");
  const [warning, setWarning] = useState("");
  const [spoiler, setSpoiler] = useState(false);
  const [media] = useState(withMedia);
  const [asking, setAsking] = useState(false);
  const area = useRef(null);
  const button = useRef(null);
  live.text = text;
  live.warning = spoiler ? warning : "";
  live.clear = () => {
    setText("");
    setWarning("");
    setAsking(false);
  };
  live.openWarning = () => flushSync(() => setSpoiler(true));
  useEffect(() => watch(button.current, "post"), []);

  const submit = (event, via, missing = media) => {
    // The site takes what stands in the field when another tool has changed it.
    const now = area.current.value === live.text ? live.text : area.current.value;
    if (!now.trim()) return;
    if (missing) return setAsking(true);
    publish("post", event, via, { text: now, warning: live.warning });
  };
  const keys = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit(event, "key");
    }
  };
  return e(
    "form",
    {
      className: "compose-form composer",
      onSubmit: (event) => {
        event.preventDefault();
        submit(event, "submit");
      },
    },
    reply &&
      e(
        "div",
        { className: "reply-indicator" },
        e("div", { className: "reply-indicator__content" }, "Does anybody know a good router?"),
      ),
    e(
      "div",
      { className: "navigation-bar" },
      e(
        "span",
        { className: "display-name" },
        e("strong", { className: "display-name__html" }, "Mira"),
        " ",
        e("span", { className: "display-name__account" }, "@mira"),
      ),
    ),
    spoiler &&
      e("input", {
        id: "cw-spoiler-input",
        className: "spoiler-input__input",
        value: warning,
        placeholder: "Content warning (optional)",
        onChange: (ev) => setWarning(ev.target.value),
        onKeyDown: (ev) => {
          if (ev.key !== "Enter" || ev.ctrlKey) return keys(ev);
          ev.preventDefault();
          area.current.focus();
        },
      }),
    e(
      "div",
      { className: "autosuggest-textarea" },
      e("textarea", {
        ref: area,
        className: "autosuggest-textarea__textarea",
        placeholder: "What's on your mind?",
        "aria-label": "What's on your mind?",
        "aria-autocomplete": "list",
        lang: "en",
        value: text,
        onChange: (ev) => setText(ev.target.value),
        onKeyDown: keys,
      }),
    ),
    media &&
      e(
        "div",
        { className: "compose-form__uploads" },
        e(
          "div",
          { className: "compose-form__upload" },
          e("img", { src: "/assets/me.svg", alt: "", width: 40 }),
          e(
            "div",
            { className: "compose-form__upload__warning" },
            e("button", { type: "button", className: "icon-button active" }, "Add alt"),
          ),
        ),
      ),
    e(
      "div",
      { className: "compose-form__footer tools" },
      e(
        "button",
        { type: "button", onClick: () => setSpoiler(!spoiler), "aria-label": "Content warning" },
        "CW",
      ),
      e("div", { className: "character-counter" }, String(500 - text.length - warning.length)),
      e(
        "div",
        { className: "compose-form__submit" },
        e(
          "button",
          { ref: button, className: "button primary", type: "submit", "aria-disabled": "false" },
          reply ? "Reply" : "Post",
        ),
      ),
    ),
    asking &&
      e(
        "div",
        { className: "modal-root" },
        e(
          "div",
          { className: "safety-action-modal modal" },
          e("h1", {}, "Add alt text?"),
          e(
            "div",
            { className: "safety-action-modal__actions tools" },
            e(
              "button",
              {
                className: "link-button",
                type: "button",
                onClick: (ev) => submit(ev, "second-dialog", false),
              },
              "Post anyway",
            ),
            e(
              "button",
              { className: "button", type: "button", onClick: () => setAsking(false) },
              "Add alt text",
            ),
          ),
        ),
      ),
  );
}

export function mount(url) {
  const app = h("div", { id: "mastodon" });
  document.body.append(
    h(
      "script",
      { id: "initial-state", type: "application/json" },
      JSON.stringify({ meta: { me: "1" }, accounts: { 1: { acct: "mira" } } }),
    ),
    app,
  );
  const reply = url.pathname.startsWith("/@");
  flushSync(() => createRoot(app).render(e(Compose, { reply, withMedia: url.searchParams.has("media") })));
  window.__openWarning = live.openWarning;
  register("post", {
    family: "textarea",
    surface: reply ? "reply" : "post",
    editor: () => document.querySelector(".autosuggest-textarea__textarea"),
    button: () => document.querySelector(".compose-form__submit button"),
    second: () => document.querySelector(".safety-action-modal__actions button.link-button"),
    warning: () => document.querySelector("#cw-spoiler-input"),
    model: () => live.text,
    clear: () => live.clear(),
  });
  if (url.searchParams.has("warning")) {
    live.openWarning();
    register("warning", {
      family: "textarea",
      surface: "post",
      editor: () => document.querySelector("#cw-spoiler-input"),
      button: () => document.querySelector(".compose-form__submit button"),
      model: () => live.warning,
      clear: () => live.clear(),
    });
  }
  ready();
}
