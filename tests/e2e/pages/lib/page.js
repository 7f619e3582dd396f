// What every fixture page has: a registry of compose boxes, the list of what it "posted", and a feed that shows it.
//
// A post is recorded from the editor's own model at the moment the site's handler runs, then sent to the server, and
// the box is emptied when the answer comes, as the real sites do. A second click in between is recorded too: the tests
// count it.

const posted = [];
const events = [];
const boxes = {};

window.__posted = posted;
window.__events = events;
window.__boxes = boxes;
window.__answered = 0;
window.__model = (name) => box(name).model();

function box(name) {
  const found = boxes[name ?? Object.keys(boxes)[0]];
  if (!found) throw new Error(`no compose box ${name}`);
  return found;
}

/** The text the editor's DOM shows, read in a way of its own, so that it can be held against the model. */
window.__dom = (name) => {
  const { family, editor } = box(name);
  return readers[family](editor());
};

const readers = {
  textarea: (el) => el.value,
  plain: (el) => visible(el),
  draft: (el) => [...el.querySelectorAll("[data-block]")].map(visible).join("\n"),
  lexical: (el) => [...el.children].map(visible).join("\n"),
  prosemirror: (el) => [...el.children].map(visible).join("\n"),
  quill: (el) => [...el.children].map(visible).join("\n"),
  slate: (el) => [...el.querySelectorAll("[data-slate-node=element]")].map(visible).join("\n"),
};

// Text of one block: text nodes and line breaks; the break that only keeps an empty line open does not count.
export function visible(block) {
  let out = "";
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) out += node.data;
    else if (node.nodeName === "BR") out += "\n";
    else if (node.dataset?.slatePlaceholder) return;
    else if (node.nodeName === "DIV" || node.nodeName === "P") {
      if (node !== block && out !== "" && !out.endsWith("\n")) out += "\n";
      for (const child of node.childNodes) walk(child);
    } else for (const child of node.childNodes) walk(child);
  };
  walk(block);
  return out
    .replace(/\uFEFF/g, "")
    .replace(/\u00A0/g, " ")
    .replace(/\n$/, "");
}

/**
 * Makes a compose box known.
 * family: how its DOM is read; editor(), button(): its elements now; model(): text of the editor's own state;
 * clear(): empties it; surface: what it writes; readyWhen(): true once typing reaches it.
 */
export function register(name, entry) {
  boxes[name] = entry;
}

export function unregister(name) {
  delete boxes[name];
}

/** The site's own send: records, tells the server, empties the box, shows the post in the feed. */
export async function publish(name, event, via, extra = {}) {
  const entry = box(name);
  const text = extra.text ?? entry.model();
  const native = event?.nativeEvent ?? event;
  const record = {
    box: name,
    surface: entry.surface,
    text,
    via,
    trusted: native ? native.isTrusted : null,
    ...extra,
  };
  posted.push(record);
  show(record);
  await fetch("/__post", { method: "POST", body: JSON.stringify(record) });
  entry.clear?.();
  window.__answered += 1;
}

function show(record) {
  let feed = document.querySelector("#feed");
  if (!feed) {
    feed = document.createElement("ol");
    feed.id = "feed";
    (document.querySelector("main") ?? document.body).append(feed);
  }
  const item = document.createElement("li");
  item.textContent = record.text;
  item.dataset.via = record.via;
  feed.prepend(item);
}

/** Notes which events reach the site at a control, and whether they are the person's. */
export function watch(control, name) {
  const kinds = ["pointerdown", "mousedown", "pointerup", "mouseup", "click", "keydown", "keypress", "keyup"];
  for (const kind of kinds) {
    control.addEventListener(kind, (e) =>
      events.push({ box: name, type: e.type, key: e.key, trusted: e.isTrusted }),
    );
  }
}

/** h("div", {class: "a", onclick}, ...children) */
export function h(tag, attributes = {}, ...children) {
  const el = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on") && typeof value === "function") el.addEventListener(key.slice(2), value);
    else if (value === true) el.setAttribute(key, "");
    else if (value !== false && value != null) el.setAttribute(key, value);
  }
  el.append(...children.flat().filter((c) => c != null));
  return el;
}

/** True for the shortcut that sends on most sites. */
export const sendKey = (e) => e.key === "Enter" && (e.ctrlKey || e.metaKey);

export const ready = () => {
  window.__ready = true;
  document.documentElement.dataset.ready = "true";
};
