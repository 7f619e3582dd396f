// A page made from a site's data file: for one surface, the smallest DOM in which its editor, its scope, its fields and
// its sending controls match. It says nothing about the real site; it says that the data, the finder and the gate fit
// together, for every surface and every way to post.
import { h, ready } from "./lib/page.js";

// "a > b[c="d"] e" -> compounds in order. Pseudo-classes are dropped: the DOM made here has nothing to exclude.
function compounds(selector) {
  const out = [];
  let depth = 0;
  let quote = "";
  let current = "";
  for (const char of selector) {
    if (quote) {
      if (char === quote) quote = "";
      current += char;
    } else if (char === '"' || char === "'") {
      quote = char;
      current += char;
    } else if (char === "[" || char === "(") {
      depth += 1;
      current += char;
    } else if (char === "]" || char === ")") {
      depth -= 1;
      current += char;
    } else if (depth === 0 && (char === " " || char === ">" || char === "+" || char === "~")) {
      if (current) out.push(current);
      current = "";
    } else current += char;
  }
  if (current) out.push(current);
  return out;
}

const ATTRIBUTE = /\[([\w-]+)(?:([~|^$*]?=)(?:"([^"]*)"|'([^']*)'|([^\]\s]+))\s*[is]?)?\]/g;

// The inside of :has(...) and :is(...), first alternative; undefined where there is none.
function argument(compound, name) {
  const at = compound.indexOf(`:${name}(`);
  if (at < 0) return undefined;
  let depth = 0;
  for (let i = at + name.length + 1; i < compound.length; i += 1) {
    if (compound[i] === "(") depth += 1;
    else if (compound[i] === ")" && --depth === 0) return compound.slice(at + name.length + 2, i);
  }
  return undefined;
}

function build(compound) {
  const has = argument(compound, "has");
  const either = argument(compound, "is") ?? argument(compound, "where");
  let plain = compound.replace(/:[\w-]+(\((?:[^()]|\([^()]*\))*\))?/g, "");
  if (either) plain += either.split(",")[0].trim();
  const attributes = {};
  const rest = plain.replace(ATTRIBUTE, (_, name, _op, a, b, c) => {
    attributes[name] = a ?? b ?? c ?? "";
    return "";
  });
  const tag = /^[a-zA-Z][\w-]*/.exec(rest)?.[0] ?? "div";
  const id = /#([\w-]+)/.exec(rest)?.[1];
  const classes = [...rest.matchAll(/\.([\w-]+)/g)].map((m) => m[1]);
  if (id) attributes.id = id;
  const named = attributes.class ?? "";
  if (classes.length || named) attributes.class = [named, ...classes].filter(Boolean).join(" ");
  const el = h(tag, attributes);
  if (has) insert(el, has.split(",")[0].trim());
  return el;
}

// Puts the chain of a selector under `root`, using what matches already; gives its last element.
function insert(root, selector, fresh = false) {
  const hops = selector.split(" >>> ");
  let at = root;
  for (const [i, hop] of hops.entries()) {
    const chain = compounds(hop);
    for (const [j, compound] of chain.entries()) {
      const last = i === hops.length - 1 && j === chain.length - 1;
      const known = last && fresh ? undefined : find(at, compound);
      if (known) at = known;
      else {
        const el = build(compound);
        at.append(el);
        at = el;
      }
    }
    if (i < hops.length - 1) at = at.shadowRoot ?? at.attachShadow({ mode: "open" });
  }
  return at;
}

function find(root, compound) {
  try {
    if (root instanceof Element && root.matches(compound)) return root;
    return root.querySelector(compound) ?? undefined;
  } catch {
    return undefined;
  }
}

function editableOf(el) {
  if (!["textarea", "input"].includes(el.localName)) {
    if (!el.isContentEditable && !el.hasAttribute("contenteditable"))
      el.setAttribute("contenteditable", "true");
  }
  el.style.cssText += "display:block;min-height:40px;min-width:300px;border:1px solid #999";
  return el;
}

// Whatever reaches the page's own handlers has been sent.
function sends(el, how) {
  el.addEventListener("click", (e) => {
    e.preventDefault();
    window.__sent.push(how);
  });
}

// "a, b:is(c, d)" -> "a": the first of a list of selectors.
function firstOf(list) {
  let depth = 0;
  for (let i = 0; i < list.length; i += 1) {
    if ("[(".includes(list[i])) depth += 1;
    else if ("])".includes(list[i])) depth -= 1;
    else if (list[i] === "," && depth === 0) return list.slice(0, i);
  }
  return list;
}

// Puts `text` where a reading, or a sign, of the site's data reads it.
function show(root, { select, read = "text", text, onEditor }) {
  const el = onEditor ? window.__boxes.generated.editor() : insert(root, firstOf(select));
  if (read === "text") el.append(el.textContent ? `\n${text}` : text);
  else if (read === "value" && el.localName === "select") el.append(new Option(text, text, true, true));
  else if (read === "value") el.value = text;
  else if (!el.getAttribute(read.slice(1))?.includes(text)) {
    const known = el.getAttribute(read.slice(1)) ?? "";
    el.setAttribute(read.slice(1), onEditor || text.includes(known) ? text : `${known}${text}`);
  }
}

window.__build = (surface, marker, shows = []) => {
  document.body.replaceChildren();
  window.__sent = [];
  window.__open = null;
  if (marker) insert(document.body, marker);
  let place = document.body;
  const around = shows.find((s) => s.around);
  const above = around ? insert(place, firstOf(around.around)) : place;
  if (around) place = above;
  if (surface.when?.inside?.[0]) place = insert(place, surface.when.inside[0]);
  if (surface.scope?.[0]) place = insert(place, surface.scope[0]);
  if (place === document.body || (around && place === above)) {
    place = h("div", { class: "generated" });
    above.append(place);
  }
  if (surface.when?.has?.[0]) insert(place, surface.when.has[0]);
  const editor = editableOf(insert(place, surface.editors[0]));
  editor.addEventListener("keydown", (e) => {
    if (e.key === "Enter") window.__sent.push(`${e.ctrlKey ? "Ctrl+" : ""}Enter`);
  });
  const control = surface.submit?.[0]
    ? insert(place, surface.submit[0], true)
    : surface.submit_text
      ? insert(place, surface.submit_text.select, true)
      : null;
  if (control) {
    if (control.localName === "input") control.value ||= surface.submit_text?.labels?.[0] ?? "Post";
    else control.append(surface.submit_text?.labels?.[0] ?? "Post");
    control.style.cssText += "display:inline-block;min-width:60px;min-height:24px";
    sends(control, "click");
  }
  // The second step of a dialog or a panel stands outside of the box.
  const beyond = surface.confirm?.[0] ?? surface.confirm_text?.select;
  const second = beyond ? insert(document.body, beyond, true) : null;
  if (second) {
    second.append(surface.confirm?.[0] ? "Post" : surface.confirm_text.labels[0]);
    second.style.cssText += "display:inline-block;min-width:60px;min-height:24px";
    sends(second, "confirm");
  }
  for (const form of document.querySelectorAll("form"))
    form.addEventListener("submit", (e) => {
      e.preventDefault();
      window.__sent.push("submit");
    });
  window.__boxes.generated = {
    family: editor.localName === "textarea" || editor.localName === "input" ? "textarea" : "plain",
    surface: surface.surface,
    editor: () => editor,
    button: () => control,
    second: () => second,
    model: () => editor.value ?? editor.innerText,
  };
  for (const s of shows) {
    const near = s.around && (editor.closest(firstOf(s.around)) ?? above);
    show(near ?? (s.page ? document.body : place), s);
  }
  return { editor: editor.outerHTML.slice(0, 200), control: control?.outerHTML.slice(0, 200) ?? null };
};

export function mount() {
  ready();
}
