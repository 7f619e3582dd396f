// LinkedIn: the older modal (Quill in the open shadow root of #interop-outlet), the newer <dialog> (Tiptap), and the
// comment boxes of both.
import { h, publish, ready, register, watch } from "./lib/page.js";
import { mountQuill } from "./lib/quill.js";
import { mountTiptap } from "./lib/tiptap.js";

const quillStyle = "/assets/quill.css";

function classicModal(outlet) {
  const root = outlet.attachShadow({ mode: "open" });
  const host = h("div", { class: "editor-container" });
  const button = h(
    "button",
    {
      class: "share-actions__primary-action artdeco-button primary",
      type: "button",
      disabled: true,
      onclick: (e) => publish("classic", e, "click"),
    },
    h("span", { class: "artdeco-button__text" }, "Post"),
  );
  const dialog = h(
    "div",
    {
      class: "share-box-v2__modal modal",
      role: "dialog",
      "aria-labelledby": "share-to-linkedin-modal__header",
    },
    h("h2", { id: "share-to-linkedin-modal__header" }, "Create a post"),
    h(
      "button",
      { class: "share-unified-settings-entry-button", type: "button" },
      h("div", {}, "Mira Santoso"),
      h("div", {}, "Post to Anyone"),
    ),
    host,
    h("div", { class: "tools" }, h("button", { type: "button", "aria-label": "Schedule post" }, "◷"), button),
  );
  root.append(
    h("link", { rel: "stylesheet", href: "/assets/page.css" }),
    h("link", { rel: "stylesheet", href: quillStyle }),
    h("div", { "data-test-modal-id": "sharebox" }, dialog),
  );
  const quill = mountQuill(host, {
    attributes: {
      "data-test-ql-editor-contenteditable": "true",
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": "Text editor for creating content",
    },
    placeholder: "What do you want to talk about?",
    onText: (text) => button.toggleAttribute("disabled", !text.trim()),
  });
  watch(button, "classic");
  register("classic", { ...quill, surface: "post", button: () => button });
}

function sduiDialog() {
  const host = h("div", { "data-testid": "ui-core-tiptap-text-editor-wrapper" });
  const button = h(
    "button",
    { type: "button", class: "a1b2c3 primary", disabled: true, onclick: (e) => publish("sdui", e, "click") },
    "Post",
  );
  const dialog = h(
    "dialog",
    { class: "modal" },
    h(
      "div",
      { "data-sdui-screen": "com.linkedin.sdui.flagshipnav.sharing.ShareCompose" },
      h("div", { role: "button", tabindex: "0" }, h("p", {}, "Mira Santoso"), h("p", {}, "Anyone")),
      host,
      h(
        "div",
        { class: "tools" },
        h("button", { type: "button", "aria-label": "Add media" }, h("svg")),
        button,
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  const tiptap = mountTiptap(host, {
    attributes: {
      componentkey: "ShareBox_textEditor",
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": "Text editor for creating content",
    },
    onText: (text) => button.toggleAttribute("disabled", !text.trim()),
  });
  watch(button, "sdui");
  register("sdui", { ...tiptap, surface: "post", button: () => button });
}

// SDUI comment box: the button comes when there is text.
function sduiComment(main, name, { surface, scope, label }) {
  const host = h("div", { "data-testid": "ui-core-tiptap-text-editor-wrapper" });
  const section = h("div", { componentkey: "commentButtonSection-7" });
  const button = h(
    "button",
    { type: "button", class: "x9 primary", onclick: (e) => publish(name, e, "click") },
    h("span", {}, label),
  );
  watch(button, name);
  main.append(h("div", { componentkey: scope, class: "composer" }, host, section));
  const tiptap = mountTiptap(host, {
    attributes: {
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": "Text editor for creating comment",
    },
    onText: (text) => {
      if (text.trim() && !button.isConnected) section.append(button);
      else if (!text.trim()) button.remove();
    },
  });
  register(name, { ...tiptap, surface, button: () => button });
}

function classicComment(main) {
  const host = h("div", { class: "editor-container" });
  const button = h(
    "button",
    {
      class: "comments-comment-box__submit-button--cr artdeco-button primary",
      type: "submit",
      disabled: true,
    },
    h("span", { class: "artdeco-button__text" }, "Comment"),
  );
  const form = h(
    "form",
    {
      class: "comments-comment-box__form composer",
      onsubmit: (e) => {
        e.preventDefault();
        publish("classic-comment", e, "submit");
      },
    },
    host,
    button,
  );
  main.append(
    h("link", { rel: "stylesheet", href: quillStyle }),
    h("div", { class: "comments-comment-box" }, form),
  );
  const quill = mountQuill(host, {
    attributes: {
      role: "textbox",
      "aria-label": "Text editor for creating content",
      "data-placeholder": "Add a comment…",
    },
    placeholder: "Add a comment…",
    onText: (text) => button.toggleAttribute("disabled", !text.trim()),
  });
  watch(button, "classic-comment");
  register("classic-comment", { ...quill, surface: "comment", button: () => button });
}

export function mount(url) {
  const main = h("main", {});
  const outlet = h("div", { id: "interop-outlet", "data-testid": "interop-shadowdom" });
  document.body.append(
    h("header", {}, h("img", { class: "global-nav__me-photo", alt: "Mira Santoso", src: "/assets/me.svg" })),
    main,
    outlet,
  );
  const post = () =>
    main.append(
      h(
        "article",
        { class: "feed-shared-update-v2" },
        h("div", { class: "update-components-text" }, "We are hiring two engineers."),
      ),
    );
  if (url.pathname === "/preload/sharebox/") sduiDialog();
  else if (url.pathname.startsWith("/feed/update/")) {
    post();
    sduiComment(main, "comment", {
      surface: "comment",
      scope: "commentBox-urn:li:activity:7",
      label: "Comment",
    });
    main.append(h("div", { class: "comments-comment-item" }, "Congratulations!"));
    sduiComment(main, "reply", {
      surface: "reply",
      scope: "replaceableComment_urn:li:comment:8",
      label: "Reply",
    });
  } else if (url.pathname.startsWith("/posts/")) {
    post();
    classicComment(main);
  } else classicModal(outlet);
  ready();
}
