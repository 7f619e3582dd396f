// YouTube: plain contenteditable in ytd-commentbox; the live chat is in a frame of its own and sends on Enter.
import { h, publish, ready, register, watch } from "./lib/page.js";
import { mountPlain } from "./lib/plain.js";

function commentBox(name, surface, label) {
  const root = h("div", {
    id: "contenteditable-root",
    class: "style-scope yt-formatted-string",
    contenteditable: "true",
    dir: "auto",
    "aria-label": label,
  });
  const button = h(
    "button",
    {
      type: "button",
      "aria-label": label === "Reply" ? "Reply" : "Comment",
      disabled: true,
      class: "primary",
      onclick: (e) => publish(name, e, "click"),
    },
    h("span", {}, surface === "reply" ? "Reply" : surface === "post" ? "Post" : "Comment"),
  );
  const box = h(
    "ytd-commentbox",
    { id: "commentbox", class: "composer" },
    h("div", { id: "author-thumbnail" }, h("img", { src: "/assets/me.svg", alt: "", width: 24 })),
    h("yt-formatted-string", { id: "contenteditable-textarea" }, root),
    h(
      "div",
      { id: "buttons", class: "tools" },
      h("ytd-button-renderer", { id: "cancel-button" }, h("button", { type: "button" }, "Cancel")),
      h("ytd-button-renderer", { id: "submit-button" }, button),
    ),
  );
  const plain = mountPlain(root, { onText: (text) => button.toggleAttribute("disabled", !text.trim()) });
  watch(button, name);
  register(name, { ...plain, surface, button: () => button });
  return box;
}

function liveChat(main) {
  const input = h("div", {
    id: "input",
    contenteditable: "true",
    "aria-label": "Chat…",
    class: "editor-host",
  });
  const plain = mountPlain(input);
  const send = (e, via) => plain.model().trim() && publish("live", e, via);
  input.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || e.isComposing) return;
    e.preventDefault();
    send(e, "key");
  });
  const button = h("button", { type: "button", "aria-label": "Send", onclick: (e) => send(e, "click") }, "➤");
  main.append(
    h(
      "yt-live-chat-message-input-renderer",
      { class: "composer" },
      h("yt-live-chat-text-input-field-renderer", { id: "input-container" }, input),
      h("div", { id: "send-button" }, button),
    ),
  );
  watch(button, "live");
  register("live", { ...plain, surface: "message", button: () => button });
}

export function mount(url) {
  const main = h("main", {});
  document.body.append(main);
  if (url.pathname === "/live_chat") liveChat(main);
  else if (url.pathname === "/live")
    main.append(h("iframe", { id: "chatframe", src: "/live_chat?continuation=1", title: "Live chat" }));
  else if (url.pathname.startsWith("/@")) {
    // A ghost of the dialog, without size, stays mounted beside the real one.
    main.append(
      h(
        "ytd-backstage-post-dialog-renderer",
        { style: "display:block;width:0;height:0;overflow:hidden" },
        h("div", { id: "submit-button" }, h("button", { type: "button" }, "Post")),
      ),
      h("ytd-backstage-post-dialog-renderer", {}, commentBox("community", "post", "Post")),
    );
  } else {
    main.append(
      h(
        "ytd-comments",
        {},
        h("ytd-comment-simplebox-renderer", {}, commentBox("comment", "comment", "Add a comment…")),
      ),
      h(
        "ytd-comment-thread-renderer",
        {},
        h("div", { id: "content-text" }, "Great video!"),
        h("div", { id: "reply-dialog" }, commentBox("reply", "reply", "Reply")),
      ),
    );
  }
  ready();
}
