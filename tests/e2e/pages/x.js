// X: /home (inline box and a modal over it), /compose/post (modal with thread cards), /someone/status/1 (reply).
import { mountDraft } from "./lib/draft.js";
import { h, publish, ready, register, unregister, watch } from "./lib/page.js";

// One composer: a box per card, one button for all.
function composer(name, { surface, submitId, label, modal = false, text = "" }) {
  const cards = [];
  const model = () => cards.map((c) => c.model()).join("\n\n");
  const send = (event, via) => {
    if (button.getAttribute("aria-disabled") === "true") return;
    publish(name, event, via, { text: model(), cards: cards.map((c) => c.model()) });
  };
  const update = () => {
    const empty = !cards.length || cards.every((c) => !c.model().trim());
    button.toggleAttribute("disabled", empty);
    button.setAttribute("aria-disabled", String(empty));
  };
  const list = h("div", { class: "cards" });
  const addCard = (initial = "") => {
    const host = h("div", { class: "editor-host" });
    const card = h(
      "div",
      { class: "card" },
      h("div", { "data-testid": "UserAvatar-Container-mira_acme", class: "avatar" }),
      host,
    );
    list.append(card);
    const index = modal ? cards.length : 0;
    const draft = mountDraft(host, {
      testId: `tweetTextarea_${index}`,
      label: "Post text",
      placeholder: surface === "reply" ? "Post your reply" : "What is happening?!",
      text: initial,
      onSend: send,
      onText: () => queueMicrotask(update),
    });
    cards.push(draft);
    if (cards.length > 1) {
      const own = `${name}-card-${cards.length}`;
      register(own, { ...draft, surface: "thread", button: () => button });
      button.querySelector("span").textContent = "Post all";
    }
    return draft;
  };
  const button = h(
    "button",
    {
      role: "button",
      type: "button",
      "data-testid": submitId,
      class: "primary",
      onclick: (e) => send(e, "click"),
    },
    h("div", { dir: "ltr" }, h("span", {}, label)),
  );
  watch(button, name);
  const tools = h(
    "div",
    { class: "tools", "data-testid": "toolBar" },
    h("button", { type: "button", "data-testid": "scheduleOption", "aria-label": "Schedule post" }, "◷"),
    modal && surface === "post"
      ? h(
          "button",
          { type: "button", "data-testid": "addButton", "aria-label": "Add post", onclick: () => addCard() },
          "+",
        )
      : null,
    button,
  );
  const frame = h("div", { class: "composer" }, list, tools);
  return {
    frame,
    addCard,
    open() {
      const first = addCard(text);
      register(name, {
        ...first,
        surface,
        button: () => button,
        clear: () => {
          for (const c of cards) c.clear();
        },
      });
      update();
    },
  };
}

function inline(main, name, surface) {
  const box = composer(name, {
    surface,
    submitId: "tweetButtonInline",
    label: surface === "reply" ? "Reply" : "Post",
  });
  main.append(box.frame);
  box.open();
}

function modal(name, options = {}) {
  const layer = h("div", { id: "layers" });
  const dialog = h("div", {
    role: "dialog",
    "aria-modal": "true",
    "aria-labelledby": "modal-header",
    class: "modal",
  });
  const box = composer(name, {
    surface: "post",
    submitId: "tweetButton",
    label: "Post",
    modal: true,
    ...options,
  });
  dialog.append(h("h2", { id: "modal-header", class: "hidden" }, "New post"), box.frame);
  layer.append(h("div", { class: "backdrop" }), dialog);
  document.body.append(layer);
  box.open();
  return { layer, box };
}

export function mount(url) {
  const main = h("main", { role: "main" });
  document.body.append(
    h(
      "header",
      { role: "banner" },
      h("a", { href: "/mira_acme", "data-testid": "AppTabBar_Profile_Link" }, "Profile"),
      h(
        "button",
        { "data-testid": "SideNav_AccountSwitcher_Button", type: "button" },
        h("span", {}, "Mira"),
        h("span", {}, "@mira_acme"),
      ),
      h("button", { type: "button", "data-testid": "SideNav_NewTweet_Button" }, "Post"),
    ),
    main,
  );
  const text = url.searchParams.get("text") ?? "";
  if (url.pathname === "/compose/post" || url.pathname === "/intent/post") modal("modal", { text });
  else if (/\/status\//.test(url.pathname)) {
    main.append(
      h(
        "article",
        { "data-testid": "tweet" },
        h("div", { "data-testid": "tweetText" }, "Does anybody know a good router?"),
      ),
      h("div", { "data-testid": "replyTo" }, "Replying to @neighbour"),
    );
    inline(main, "reply", "reply");
  } else {
    inline(main, "inline", "post");
    window.__openModal = () => {
      const opened = modal("modal");
      window.__closeModal = () => {
        opened.layer.remove();
        unregister("modal");
      };
    };
    // The timeline's box goes away and comes back when the tab changes.
    window.__remount = () => {
      main.replaceChildren();
      inline(main, "inline", "post");
    };
  }
  ready();
}
