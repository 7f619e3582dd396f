// Bluesky: one ProseMirror per post in a dialog, one publish button, and a message box.
import { h, publish, ready, register, watch } from "./lib/page.js";
import { mountTiptap } from "./lib/tiptap.js";

function composer(name, surface, reply) {
  const cards = [];
  const model = () => cards.map((c) => c.model()).join("\n\n");
  const send = (event, via) => {
    if (!button.disabled) publish(name, event, via, { text: model(), cards: cards.map((c) => c.model()) });
  };
  const update = () => {
    const empty = cards.every((c) => !c.model().trim());
    button.disabled = empty;
    button.setAttribute("aria-disabled", String(empty));
    counter.textContent = String(300 - [...new Intl.Segmenter().segment(cards.at(-1)?.model() ?? "")].length);
  };
  const button = h(
    "button",
    {
      "data-testid": "composerPublishBtn",
      role: "button",
      type: "button",
      "aria-label": reply ? "Publish reply" : "Publish post",
      class: "primary",
      onclick: (e) => send(e, "click"),
    },
    h("div", {}, reply ? "Reply" : "Post"),
  );
  watch(button, name);
  const counter = h("div", { class: "counter" }, "300");
  const list = h("div", { "aria-modal": "true" });
  const addPost = () => {
    const host = h("div", { class: "editor-host" });
    list.append(host);
    const tiptap = mountTiptap(host, { onSend: send, onText: () => update() });
    cards.push(tiptap);
    if (cards.length > 1) {
      button.setAttribute("aria-label", "Publish posts");
      button.firstChild.textContent = "Post All";
      register(`${name}-card-${cards.length}`, { ...tiptap, surface: "thread", button: () => button });
    }
    return tiptap;
  };
  document.body.append(
    h(
      "div",
      { role: "dialog", "aria-modal": "true", class: "modal" },
      h(
        "div",
        { "data-testid": "composePostView" },
        h(
          "div",
          { class: "tools" },
          h("button", { type: "button", "aria-label": "Cancel" }, "Cancel"),
          h("button", { type: "button" }, "Drafts"),
          button,
        ),
        reply
          ? h(
              "div",
              { class: "answered" },
              h("strong", {}, "@neighbour.example"),
              h("div", {}, "Does anybody know a good router?"),
            )
          : null,
        list,
        h(
          "div",
          { class: "tools" },
          h("button", { type: "button", "aria-label": "Add new post", onclick: addPost }, "+"),
          counter,
        ),
      ),
    ),
  );
  const first = addPost();
  register(name, {
    ...first,
    surface,
    button: () => button,
    clear: () => {
      for (const c of cards) c.clear();
    },
  });
  update();
}

function message(main) {
  const area = h("textarea", {
    "aria-label": "Message input field",
    placeholder: "Message",
    role: "combobox",
    id: "chat-input-3",
    onkeydown: (e) => {
      if (e.key !== "Enter" || e.shiftKey || e.isComposing) return;
      e.preventDefault();
      if (area.value.trim()) publish("message", e, "key");
    },
  });
  const button = h(
    "button",
    {
      "aria-label": "Send message",
      type: "button",
      class: "primary",
      onclick: (e) => publish("message", e, "click"),
    },
    "➤",
  );
  main.append(h("div", { class: "composer" }, area, button));
  watch(button, "message");
  register("message", {
    family: "textarea",
    surface: "message",
    editor: () => area,
    button: () => button,
    model: () => area.value,
    clear: () => {
      area.value = "";
    },
  });
}

export function mount(url) {
  const main = h("main", { role: "main" });
  document.body.append(
    h(
      "nav",
      { role: "navigation" },
      h("a", { href: "/profile/mira.acme.example", "aria-label": "Profile" }, "Profile"),
    ),
    main,
  );
  if (url.pathname.startsWith("/messages")) message(main);
  else if (url.pathname.startsWith("/profile/")) composer("reply", "reply", true);
  else composer("post", "post", false);
  ready();
}
