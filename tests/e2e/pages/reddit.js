// Reddit: Lexical slotted into <shreddit-composer>; the title is a textarea in a shadow root; the post button is a
// button in a shadow root.
import { mountLexical } from "./lib/lexical.js";
import { h, publish, ready, register, watch } from "./lib/page.js";

customElements.define(
  "shreddit-composer",
  class extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      const root = this.attachShadow({ mode: "open" });
      root.innerHTML = `<style>.bar{display:flex;justify-content:flex-end;gap:8px;margin-top:8px}</style>
        <div class="surface"><slot name="rte"></slot></div><div class="bar"><slot name="cancel-button"></slot><slot name="submit-button"></slot></div>`;
    }
  },
);
customElements.define(
  "faceplate-textarea-input",
  class extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      const root = this.attachShadow({ mode: "open" });
      root.innerHTML = `<style>textarea{width:100%;box-sizing:border-box;font:inherit;padding:10px;border-radius:12px;border:1px solid #888;background:transparent;color:inherit}</style>
        <label><textarea id="innerTextArea" name="${this.getAttribute("name")}" placeholder="Title" rows="1"></textarea></label>`;
    }
  },
);
customElements.define(
  "r-post-form-submit-button",
  class extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      const root = this.attachShadow({ mode: "open" });
      root.innerHTML = `<link rel="stylesheet" href="/assets/page.css"><button id="inner-post-submit-button" class="primary" type="button"><span>Post</span></button>`;
    }
  },
);

function editable(label) {
  return h("div", {
    slot: "rte",
    contenteditable: "true",
    role: "textbox",
    name: "body",
    "aria-label": label,
    class: "editor-host",
  });
}

function commentComposer(name, surface) {
  const box = editable("Comment body");
  const button = h(
    "button",
    { slot: "submit-button", type: "submit", class: "primary" },
    surface === "reply" ? "Reply" : "Comment",
  );
  const composer = h(
    "shreddit-composer",
    {},
    box,
    h("button", { slot: "cancel-button", type: "button" }, "Cancel"),
    button,
  );
  const form = h(
    "form",
    {
      onsubmit: (e) => {
        e.preventDefault();
        if (lexical.model().trim()) publish(name, e, "submit");
      },
    },
    composer,
  );
  const lexical = mountLexical(box, { shortcutSends: true, onSend: () => form.requestSubmit(button) });
  watch(button, name);
  register(name, { ...lexical, surface, button: () => button });
  return form;
}

function postForm() {
  const title = h("faceplate-textarea-input", { name: "title" });
  const box = editable("Optional body text");
  const submit = h("r-post-form-submit-button", { id: "submit-post-button" });
  const form = h(
    "r-post-composer-form",
    { class: "composer" },
    h("post-composer-title", {}, title),
    h("shreddit-composer", { name: "body" }, box),
    h(
      "div",
      { class: "tools" },
      h("button", { id: "inner-save-draft-button", type: "button" }, "Save Draft"),
      submit,
    ),
  );
  document.querySelector("main").append(form);
  const lexical = mountLexical(box, {});
  const area = () => title.shadowRoot.querySelector("textarea");
  const button = () => submit.shadowRoot.querySelector("button");
  button().addEventListener("click", (e) => publish("post", e, "click", { title: area().value }));
  watch(button(), "post");
  register("post", { ...lexical, surface: "post", button, title: area });
  register("title", {
    family: "textarea",
    surface: "post",
    editor: area,
    button,
    model: () => area().value,
    clear: () => {
      area().value = "";
    },
  });
}

export function mount(url) {
  const main = h("main", {});
  document.body.append(h("shreddit-app", { "user-logged-in": "true" }, main));
  if (url.pathname.endsWith("/submit")) postForm();
  else {
    main.append(
      h("shreddit-post", {}, h("h1", { slot: "title" }, "Which router do you use?")),
      h("comment-composer-host", {}, commentComposer("comment", "comment")),
      h(
        "shreddit-comment",
        { author: "neighbour" },
        h("div", { slot: "comment" }, "The old one still works."),
        commentComposer("reply", "reply"),
      ),
    );
  }
  ready();
}
