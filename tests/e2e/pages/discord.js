// Discord: Slate; Enter sends, there is no button.
import { h, publish, ready, register } from "./lib/page.js";
import { mountSlate } from "./lib/slate.js";

export function mount() {
  const host = h("div", { class: "textArea_a7d72e" });
  document.body.append(
    h(
      "main",
      { class: "chatContent_f75fb0" },
      h(
        "ol",
        { "data-list-id": "chat-messages" },
        h("li", { id: "chat-messages-1-2" }, h("div", { id: "message-content-2" }, "Morning!")),
      ),
      h(
        "form",
        { class: "composer", onsubmit: (e) => e.preventDefault() },
        h("div", { class: "channelTextArea_f75fb0" }, host),
      ),
    ),
    h("section", { "aria-label": "User area" }, "mira"),
  );
  const slate = mountSlate(host, {
    attributes: {
      role: "textbox",
      "aria-label": "Message #general",
      "aria-multiline": "true",
      className: "markup__75297 editor__1b31f slateTextArea_ec4baf",
    },
    placeholder: "Message #general",
    onSend: (event, via) => publish("message", event, via),
  });
  register("message", { ...slate, surface: "message", button: () => null });
  ready();
}
