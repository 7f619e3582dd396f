/** A page that shows the card and the badge as they stand over somebody else's page; driven by its address. */

import type { Language, Theme } from "../../extension/shared/protocol.ts";
import { countThings, heaviest, mountBadge, mountCard, mountLine } from "../../extension/ui/mount.ts";
import { help, reports } from "./reports.ts";

const query = new URLSearchParams(location.search);
const language = (query.get("language") ?? "en") as Language;
const theme = (query.get("theme") ?? "light") as Theme;
const report = reports(language)[query.get("report") ?? "block"];
if (!report) throw new Error("no such report");

document.documentElement.lang = language;
document.documentElement.dataset.theme = theme;
const box = document.querySelector("textarea");
if (!box) throw new Error("no compose box");
const rect = box.getBoundingClientRect();

// The extension's roots are closed; this page opens them so that axe can look inside.
const host = document.createElement("draftguard-card");
const badgeHost = document.createElement("draftguard-badge");
document.documentElement.append(badgeHost, host);

const BADGE = {
  count: countThings(report.findings),
  severity: heaviest(report.findings),
  unavailable: false,
  reply: report.reply,
  language,
  theme,
  onOpen: () => {},
};
const badgeProps = () => {
  const { right, bottom } = box.getBoundingClientRect();
  return { ...BADGE, right: right - 8, bottom: bottom - 8 };
};
const badge = mountBadge(badgeHost.attachShadow({ mode: "open" }), badgeProps());
addEventListener("resize", () => badge.update(badgeProps()));

const told: unknown[] = [];

const line = query.get("line");
if (line !== null) {
  const { route, replies } = help(language, line === "crisis" ? "crisis" : "complaint");
  const lineHost = document.createElement("draftguard-line");
  document.documentElement.append(lineHost);
  const mounted = mountLine(lineHost.attachShadow({ mode: "open" }), {
    route: line === "reply" ? undefined : route,
    replies: line === "crisis" ? [] : replies.filter(({ fits }) => fits),
    language,
    theme,
    anchor: rect,
    onReplies: () => told.push(["replies"]),
    onClose: () => {
      told.push(["line-closed"]);
      mounted.destroy();
    },
  });
}

const before = performance.now();
const card =
  line !== null
    ? undefined
    : mountCard(host.attachShadow({ mode: "open" }), {
        report,
        language,
        theme,
        anchor: rect,
        held: query.get("held") !== "no",
        canWrite: query.get("write") !== "no",
        left: query.has("left") ? Number(query.get("left")) : undefined,
        replies: query.has("replies") ? help(language, "complaint").replies : [],
        repliesFirst: query.get("replies") === "first",
        draftText: box.value,
        onFix: async (fixes) => {
          told.push(["fix", fixes]);
          return "written";
        },
        onEdit: () => told.push(["edit"]),
        onPostAnyway: (reason) => told.push(["anyway", reason]),
        onClose: () => {
          told.push(["close"]);
          card?.destroy();
        },
        onFalsePositive: (finding) => told.push(["false-positive", finding.rule]),
        onOpenPage: (page, anchor) => told.push(["page", page, anchor]),
      });
// Laid out when its height is known: what a person waits for.
host.shadowRoot?.querySelector<HTMLElement>(".card")?.offsetHeight;
Object.assign(window, { ready: true, told, opened: performance.now() - before, card });
