/**
 * Answers every message. Three tiers: what any frame may ask, what only our own pages may, and nothing else. Site and
 * role are the background's own knowledge; a message cannot change them.
 */
import { hostFits } from "../shared/address.ts";
import { activeTab, extensionVersion, messageOf, openPage, type Sender } from "../shared/browser.ts";
import type { Context } from "../shared/generated/Context.ts";
import {
  type ContentRequest,
  type FrameState,
  fromBase64,
  fromWire,
  type PageName,
  type PageRequest,
  type PolicyInfo,
  type Protection,
  type Request,
  type Response,
  type SettingsView,
  type SiteHealth,
  type StateView,
} from "../shared/protocol.ts";
import type { SiteFile } from "../shared/site-file.ts";
import { SITES, siteName, siteOf } from "../shared/sites.ts";
import { access } from "./access.ts";
import type { Distribution } from "./distribution.ts";
import { codeOf, type EngineHost, TaggedError } from "./engine.ts";
import * as faults from "./faults.ts";
import * as history from "./history.ts";
import * as policies from "./policies.ts";
import * as settings from "./settings.ts";

const PAGES: Record<PageName, string> = {
  handbook: "pages/handbook/index.html",
  practice: "pages/practice/index.html",
  safety: "pages/safety/index.html",
  history: "pages/history/index.html",
  options: "pages/options/index.html",
  welcome: "pages/welcome/index.html",
};

const CONTENT_KINDS: ReadonlySet<string> = new Set<ContentRequest["kind"]>([
  "draft.check",
  "state.get",
  "draft.help",
  "card.allowance",
  "event.record",
  "site.report",
  "page.open",
]);

export class Router {
  readonly #engine: EngineHost;
  readonly #distribution: Distribution;
  /** Told after something changed that frames must know. */
  readonly #changed: () => void;
  /** What each tab's frames saw last; lost with the worker, reported again by the frames. */
  readonly #health = new Map<number, Map<number, { site: string; health: SiteHealth }>>();

  constructor(engine: EngineHost, distribution: Distribution, changed: () => void) {
    this.#engine = engine;
    this.#distribution = distribution;
    this.#changed = changed;
  }

  /** Answers a request. Never rejects. */
  async answer(request: Request, sender: Sender): Promise<Response> {
    try {
      if (typeof request?.kind !== "string") throw new TaggedError("bad-request", "no kind");
      if (CONTENT_KINDS.has(request.kind)) return await this.#content(request as ContentRequest, sender);
      if (!sender.ours) throw new TaggedError("forbidden", `${request.kind} is a command of our own pages`);
      return await this.#page(request as PageRequest);
    } catch (error) {
      return { kind: "error", code: codeOf(error), message: messageOf(error) };
    }
  }

  async #content(request: ContentRequest, sender: Sender): Promise<Response> {
    switch (request.kind) {
      case "draft.check": {
        const context = await this.#context(request.context);
        // Our own practice page is no site: it may say which one it plays.
        if (!sender.ours) context.site = siteOfSender(sender, request.context.site);
        const report = await this.#engine.check(fromWire(request.draft), context);
        return { kind: "report", revision: request.revision, report };
      }
      case "state.get":
        // A page with compose boxes was opened.
        this.#engine.warm();
        return {
          kind: "state",
          state: await this.frameState(siteOfSender(sender), sender.url || sender.origin),
        };
      case "draft.help": {
        const context = await this.#context(request.context);
        if (!sender.ours) context.site = siteOfSender(sender, request.context.site);
        return { kind: "help", help: await this.#engine.help(fromWire(request.draft), context) };
      }
      case "card.allowance":
        return this.#allowance(siteOfSender(sender) ?? "other");
      case "event.record": {
        // Our own pages may say which site they mean, as long as it is one.
        const said = request.event.site;
        const named = sender.ours ? SITES.find(({ id }) => id === said)?.id : undefined;
        const site = named ?? siteOfSender(sender, said) ?? "other";
        const { historyText } = await settings.settings();
        await history.record(request.event, site, historyText);
        return { kind: "done" };
      }
      case "site.report":
        await this.#report(request.health, sender);
        return { kind: "done" };
      case "page.open": {
        const path = PAGES[request.page];
        if (!path) throw new TaggedError("bad-request", "no such page");
        await openPage(request.anchor ? `${path}#${encodeURIComponent(request.anchor)}` : path);
        return { kind: "done" };
      }
    }
  }

  async #page(request: PageRequest): Promise<Response> {
    switch (request.kind) {
      case "draft.try": {
        const report = await this.#engine.check(
          fromWire(request.draft),
          await this.#context(request.context),
        );
        return { kind: "report", revision: 0, report };
      }
      case "state.view":
        return { kind: "view", view: await this.#view() };
      case "policy.list":
        return { kind: "policies", policies: await this.#policies() };
      case "policy.import": {
        const { language } = await settings.settings();
        await policies.importPersonal(fromBase64(request.bytes), settings.resolve(language));
        this.#policiesChanged();
        return { kind: "policies", policies: await this.#policies() };
      }
      case "policy.inspect":
        return { kind: "bundle", bundle: await policies.inspect(fromBase64(request.bytes)) };
      case "policy.remove":
        await policies.removePersonal(request.id);
        this.#policiesChanged();
        return { kind: "policies", policies: await this.#policies() };
      case "policy.fetch":
        await this.#distribution.refresh();
        return { kind: "view", view: await this.#view() };
      case "settings.get":
        return { kind: "settings", settings: await this.#settings() };
      case "settings.set":
        await this.#set(request.change);
        return { kind: "settings", settings: await this.#settings() };
      case "handbook.get": {
        const { language } = await settings.settings();
        return { kind: "handbook", handbooks: await this.#engine.handbook(settings.resolve(language)) };
      }
      case "history.list":
        return { kind: "history", entries: await history.entries() };
      case "history.clear":
        await history.forget();
        return { kind: "done" };
      default: {
        const unknown: never = request;
        throw new TaggedError("bad-request", `unknown kind ${(unknown as Request).kind}`);
      }
    }
  }

  /** Whether one more card of the action `warn` may hold a post on a site. */
  async #allowance(site: string): Promise<Response> {
    const { language } = await settings.settings();
    const limit = warnCardsPerHour(await this.#engine.describe(settings.resolve(language)));
    if (limit === 0) return { kind: "allowance", opens: true };
    const left = limit - (await history.warned(site));
    return { kind: "allowance", opens: left > 0, left: Math.max(0, left - 1) };
  }

  /** What a frame of `site` at `url` needs to know. */
  async frameState(site: string | undefined, url: string): Promise<FrameState> {
    const now = await settings.settings();
    const language = settings.resolve(now.language);
    const state: FrameState = {
      enabled: true,
      messages: false,
      unavailable: "notice",
      language,
      theme: now.theme,
      keepText: now.historyText,
    };
    const fixed = await settings.instead();
    if (fixed.unavailable) state.unavailable = fixed.unavailable;
    try {
      const inForce = may(await this.#engine.describe(language), fixed);
      state.enabled = isOn(now, inForce) && !(site && now.sitesOff.includes(site) && mayDisable(inForce));
      state.messages = inForce.some((policy) => policy.settings.messages);
      if (fixed.unavailable === undefined && inForce.some((p) => p.settings.unavailable === "hold"))
        state.unavailable = "hold";
      const files = dataFor(await this.#engine.sites(), url);
      if (files.length > 0) state.sites = files;
    } catch {
      // The check itself will fail too, and that has its own outcome: the frame stays armed.
    }
    return state;
  }

  /** Overwrites what a message may not say. */
  async #context(said: Context): Promise<Context> {
    const now = await settings.settings();
    const context: Context = {
      ...said,
      interface: settings.resolve(now.language),
      now: new Date().toISOString(),
    };
    delete context.role;
    delete context.claimed;
    if (now.role && (await this.#mayClaim())) {
      context.role = now.role;
      if (!(await settings.locked()).includes("role")) context.claimed = true;
    }
    return context;
  }

  /** Whether a chosen role counts: under a managed policy only the administrator gives roles. */
  async #mayClaim(): Promise<boolean> {
    if ((await settings.locked()).includes("role")) return true;
    return !(await policies.isManaged());
  }

  #policiesChanged(): void {
    this.#engine.reset();
    this.#changed();
  }

  async #set(wanted: Partial<Parameters<typeof settings.change>[0]>): Promise<void> {
    const language = settings.resolve((await settings.settings()).language);
    const inForce = may(await this.#engine.describe(language), await settings.instead());
    const allowed = { ...wanted };
    if (allowed.enabled === false && !mayDisable(inForce)) delete allowed.enabled;
    if (allowed.pausedUntil !== undefined) {
      const longest = Date.now() + pauseMinutes(inForce) * 60_000;
      allowed.pausedUntil = Math.min(allowed.pausedUntil, longest);
    }
    await settings.change(allowed);
    if (allowed.historyText === false) await history.forgetTexts();
    this.#changed();
  }

  async #settings(): Promise<SettingsView> {
    const now = await settings.settings();
    const resolved = settings.resolve(now.language);
    let inForce: Awaited<ReturnType<EngineHost["describe"]>> = [];
    try {
      inForce = may(await this.#engine.describe(resolved), await settings.instead());
    } catch {
      // Shown by the view as a fault; settings stay readable.
    }
    return {
      ...now,
      locked: await settings.locked(),
      resolved,
      pauseMinutes: pauseMinutes(inForce),
      mayDisable: mayDisable(inForce),
    };
  }

  async #policies(): Promise<PolicyInfo[]> {
    const language = settings.resolve((await settings.settings()).language);
    const files = await policies.inForce();
    const described = await this.#engine.describe(language);
    return described.map((policy, at) => ({
      id: policy.id,
      version: policy.version,
      name: policy.name,
      source: files[at]?.source ?? "core",
      ...(files[at]?.since === undefined ? {} : { since: files[at].since }),
      roles: policy.roles,
      mode: policy.settings.mode,
      rules: policy.rules,
      oldest: policy.oldest,
      ...(files[at]?.signers === undefined ? {} : { signers: files[at].signers }),
    }));
  }

  async #report(said: SiteHealth, sender: Sender): Promise<void> {
    const site = siteOfSender(sender) ?? "other";
    const health = cleanHealth(said);
    const frame = sender.frame ?? 0;
    if (sender.tab !== undefined) {
      const frames = this.#health.get(sender.tab) ?? new Map();
      const before = frames.get(frame);
      frames.set(frame, { site, health });
      this.#health.set(sender.tab, frames);
      // A page says it again with each box; it is one fault.
      if (before?.site === site && before.health.fault === health.fault) return;
    }
    if (health.fault !== undefined) await faults.count(site, health.fault);
  }

  /** What the frames of a tab saw together, of the site that it shows now. */
  #healthOf(tab: number, site: string): SiteHealth | undefined {
    const seen = [...(this.#health.get(tab)?.values() ?? [])].filter((frame) => frame.site === site);
    if (seen.length === 0) return undefined;
    const boxes = seen.reduce((sum, { health }) => sum + health.boxes, 0);
    const fault = seen.find(({ health }) => health.fault !== undefined)?.health.fault;
    return fault === undefined ? { boxes } : { boxes, fault };
  }

  async #view(): Promise<StateView> {
    const view: StateView = {
      protection: { kind: "on" },
      policies: [],
      settings: await this.#settings(),
      version: extensionVersion(),
      faults: await faults.counted(),
      access: await access(await this.#distribution.sites().catch(() => [])),
    };
    try {
      view.policies = await this.#policies();
      view.protection = protection(view);
    } catch (error) {
      view.protection = { kind: "fault", code: codeOf(error), message: messageOf(error) };
    }
    try {
      const distribution = await this.#distribution.view();
      if (distribution) view.distribution = distribution;
    } catch {
      // The engine's own fault is shown above; without it nothing can be said about the bundle.
    }
    const tab = await activeTab();
    const site = tab && siteOf(tab.url);
    if (tab && site) {
      const health = this.#healthOf(tab.id, site);
      view.site = {
        id: site,
        name: siteName(site),
        enabled: !view.settings.sitesOff.includes(site),
        ...(health === undefined ? {} : { health }),
      };
    }
    return view;
  }
}

function protection({ settings: now, policies: inForce }: StateView): Protection {
  if (now.pausedUntil !== undefined && now.pausedUntil > Date.now() && now.pauseMinutes > 0) {
    return { kind: "paused", until: now.pausedUntil };
  }
  if (!now.enabled && now.mayDisable) return { kind: "off" };
  return inForce.every((policy) => policy.mode === "observe") ? { kind: "observing" } : { kind: "on" };
}

type Described = Awaited<ReturnType<EngineHost["describe"]>>;

function isOn(now: { enabled: boolean; pausedUntil?: number }, inForce: Described): boolean {
  if (!now.enabled && mayDisable(inForce)) return false;
  return !(now.pausedUntil !== undefined && now.pausedUntil > Date.now() && pauseMinutes(inForce) > 0);
}

/** Policies with what the administrator set in the place of what they say. */
function may(inForce: Described, { mayDisable, pauseMinutes }: settings.Instead): Described {
  return inForce.map((policy) => ({
    ...policy,
    settings: {
      ...policy.settings,
      ...(mayDisable === undefined ? {} : { may_disable: mayDisable }),
      ...(pauseMinutes === undefined ? {} : { pause_minutes: pauseMinutes }),
    },
  }));
}

/** The strictest policy decides. */
function mayDisable(inForce: Described): boolean {
  return inForce.length > 0 && inForce.every((policy) => policy.settings.may_disable);
}

function pauseMinutes(inForce: Described): number {
  return inForce.length === 0 ? 0 : Math.min(...inForce.map((policy) => policy.settings.pause_minutes));
}

/** The most cautious policy decides: one without a limit, else the highest. */
function warnCardsPerHour(inForce: Described): number {
  const limits = inForce.map((policy) => policy.manners.warn_cards_per_hour);
  return limits.includes(0) ? 0 : Math.max(0, ...limits);
}

function cleanHealth(health: SiteHealth): SiteHealth {
  const boxes = Number.isFinite(health?.boxes) ? Math.max(0, Math.floor(health.boxes)) : 0;
  const fault = health?.fault;
  return fault !== undefined && faults.KNOWN.has(fault) ? { boxes, fault } : { boxes };
}

/** Site data that can concern a page at `url`: for its host, or for software that runs on any. */
function dataFor(files: readonly SiteFile[], url: string): SiteFile[] {
  let host = "";
  try {
    host = new URL(url).hostname;
  } catch {
    // A frame without an address has the site of nobody.
  }
  return files.filter(({ hosts }) => !hosts?.length || hosts.some((own) => hostFits(host, own)));
}

/**
 * The site of a frame, by where its messages come from: a frame without an address of its own has the origin of the
 * page that made it. What the frame says of itself counts only for software that runs on any host, on a host that
 * belongs to no other site.
 */
function siteOfSender(sender: Sender, said?: string): string | undefined {
  const known = siteOf(sender.url) ?? siteOf(sender.origin);
  return known ?? SITES.find(({ id, anywhere }) => anywhere && id === said)?.id;
}
