/**
 * The only file that touches `chrome.*`. Chromium, Edge and Firefox answer with promises here; where they differ
 * (managed storage, orphaned content scripts, the origin of a sender) the difference ends in this file.
 */
import type { Notice, Request, Response, ResponseOf } from "./protocol.ts";

type Api = typeof chrome;

const api: Api = (globalThis as { browser?: Api }).browser ?? chrome;

/** Who sent a message, as far as the router needs to know. */
export interface Sender {
  /** The origin of the frame that sent it. */
  origin: string;
  /** The address of that frame. */
  url: string;
  /** Whether it is one of our own pages. */
  ours: boolean;
  tab?: number;
  frame?: number;
}

/** False in a content script whose extension was updated, reloaded or removed under the page. */
export function isAlive(): boolean {
  try {
    return api.runtime?.id !== undefined;
  } catch {
    return false;
  }
}

/** The version of the extension, from its manifest. */
export function extensionVersion(): string {
  return api.runtime.getManifest().version;
}

/** The address of a file of the package. */
export function packageUrl(path: string): string {
  return api.runtime.getURL(path);
}

/**
 * Sends a request to the background. Always answers: a worker that is gone, an orphaned script and a handler that
 * threw come back as `{kind: "error"}` with a code.
 */
export async function send<R extends Request>(request: R): Promise<ResponseOf<R>> {
  // An orphan's sendMessage throws at once instead of rejecting.
  if (!isAlive()) return { kind: "error", code: "orphaned", message: "the extension was reloaded" };
  try {
    const response: Response | undefined = await api.runtime.sendMessage(request);
    if (response === undefined || response === null) {
      return { kind: "error", code: "no-answer", message: "the background did not answer" };
    }
    return response as ResponseOf<R>;
  } catch (error) {
    return { kind: "error", code: isAlive() ? "no-answer" : "orphaned", message: messageOf(error) };
  }
}

/** Answers requests. `handle` must not throw; what it resolves to is sent back. */
export function onRequest(handle: (request: Request, sender: Sender) => Promise<Response>): void {
  api.runtime.onMessage.addListener((request, from, reply) => {
    if (from.id !== api.runtime.id) return false;
    const own = new URL(packageUrl("")).origin;
    const url = from.url ?? "";
    const origin = from.origin ?? originOf(url);
    const sender: Sender = { origin, url, ours: origin === own && url.startsWith(`${own}/`) };
    if (from.tab?.id !== undefined) sender.tab = from.tab.id;
    if (from.frameId !== undefined) sender.frame = from.frameId;
    handle(request as Request, sender).then(reply, (error) =>
      reply({ kind: "error", code: "internal", message: messageOf(error) }),
    );
    return true;
  });
}

/** Listens for notices of the background. Returns how to stop. */
export function onNotice(handle: (notice: Notice) => void): () => void {
  const listener = (message: unknown, from: chrome.runtime.MessageSender) => {
    if (from.id === api.runtime.id && isNotice(message)) handle(message);
    return false;
  };
  api.runtime.onMessage.addListener(listener);
  return () => {
    if (isAlive()) api.runtime.onMessage.removeListener(listener);
  };
}

/**
 * Tells every frame of every tab, and our own pages, that something changed; `notice` is asked for each tab, by its
 * address. Nobody listening is not an error.
 */
export async function notifyAll(notice: (url: string) => Promise<Notice>): Promise<void> {
  const tabs = await api.tabs.query({});
  const sent = tabs.map(async ({ id, url }) => {
    // The address of a tab is visible only where we have a content script, and nobody else listens.
    if (id !== undefined) await api.tabs.sendMessage(id, await notice(url ?? ""));
  });
  await Promise.allSettled([...sent, notice("").then((own) => api.runtime.sendMessage(own))]);
}

function isNotice(message: unknown): message is Notice {
  return (message as Notice | undefined)?.kind === "state.changed";
}

/** A value of the extension's local storage, or `undefined`. */
export async function stored<T>(key: string): Promise<T | undefined> {
  const found = await api.storage.local.get(key);
  return found[key] as T | undefined;
}

/** Writes a value to the extension's local storage; `undefined` removes it. */
export async function store(key: string, value: unknown): Promise<void> {
  if (value === undefined) await api.storage.local.remove(key);
  else await api.storage.local.set({ [key]: value });
}

/** Listens for changes of one key of local storage. */
export function onStored(key: string, handle: (value: unknown) => void): void {
  api.storage.onChanged.addListener((changes, area) => {
    if (area === "local" && key in changes) handle(changes[key]?.newValue);
  });
}

/**
 * What the administrator set, unchecked: one browser filters by the schema, the other does not. `undefined` where
 * nothing is known: Firefox rejects without a policy. In Chromium it can take seconds and be empty at first, so it is
 * never awaited on the way of a draft.
 */
export async function managed(): Promise<Record<string, unknown> | undefined> {
  try {
    return await api.storage.managed.get(null);
  } catch {
    return undefined;
  }
}

/** Listens for changes of the managed settings. */
export function onManaged(handle: () => void): void {
  api.storage.onChanged.addListener((_changes, area) => {
    if (area === "managed") handle();
  });
}

/** The language of the browser's interface, as a BCP 47 tag. */
export function browserLanguage(): string {
  return api.i18n.getUILanguage();
}

/** Opens one of our pages in a tab. */
export async function openPage(path: string): Promise<void> {
  await api.tabs.create({ url: packageUrl(path) });
}

/** The tab in front, where its address may be seen: sites with host permission only. */
export async function activeTab(): Promise<{ id: number; url: string } | undefined> {
  const [tab] = await api.tabs.query({ active: true, lastFocusedWindow: true });
  return tab?.id !== undefined && tab.url ? { id: tab.id, url: tab.url } : undefined;
}

/** The match patterns of the package's own content scripts. */
function ownMatches(): ReadonlySet<string> {
  return new Set((api.runtime.getManifest().content_scripts ?? []).flatMap((script) => script.matches ?? []));
}

/** Match patterns of the hosts that a person or the administrator has allowed beyond the package's own. */
export async function grantedHosts(): Promise<string[]> {
  const own = ownMatches();
  const { origins = [] } = await api.permissions.getAll();
  return origins.filter((origin) => !own.has(origin) && origin.startsWith("https://"));
}

/** Gives a host back. */
export function releaseHost(pattern: string): Promise<boolean> {
  return api.permissions.remove({ origins: [pattern] });
}

/** Runs content scripts on these match patterns from now on, in place of those named so before. */
export async function registerScripts(id: string, matches: string[], js: string[]): Promise<void> {
  const known = await api.scripting.getRegisteredContentScripts({ ids: [id] });
  if (known.length > 0) await api.scripting.unregisterContentScripts({ ids: [id] });
  if (matches.length === 0) return;
  await api.scripting.registerContentScripts([
    { id, matches, js, allFrames: true, runAt: "document_start", persistAcrossSessions: true },
  ]);
}

/** Runs content scripts in the pages that are open at these match patterns. */
export async function runScripts(matches: string[], files: string[]): Promise<void> {
  if (matches.length === 0) return;
  const tabs = await api.tabs.query({ url: matches });
  await Promise.allSettled(
    tabs.map(({ id }) =>
      id === undefined
        ? undefined
        : api.scripting.executeScript({ target: { tabId: id, allFrames: true }, files }),
    ),
  );
}

/** Runs when the extension is installed or updated. */
export function onInstalled(handle: (reason: string) => void): void {
  api.runtime.onInstalled.addListener((details) => handle(details.reason));
}

/** Runs when the browser has started. */
export function onStartup(handle: () => void): void {
  api.runtime.onStartup.addListener(handle);
}

/** Runs once at `at` (milliseconds since 1970), also when the worker has stopped meanwhile. */
export async function alarmAt(name: string, at: number | undefined): Promise<void> {
  if (at === undefined) await api.alarms.clear(name);
  else await api.alarms.create(name, { when: at });
}

/** Listens for alarms. */
export function onAlarm(handle: (name: string) => void): void {
  api.alarms.onAlarm.addListener((alarm) => handle(alarm.name));
}

/** Whether the extension runs in private windows. */
export function inPrivateWindows(): Promise<boolean> {
  return api.extension.isAllowedIncognitoAccess();
}

/** Whether the extension may run on all of these match patterns. */
export function hasAccess(origins: string[]): Promise<boolean> {
  return api.permissions.contains({ origins });
}

/** Asks the person for access; only from a click in one of our pages. */
export function requestAccess(origins: string[]): Promise<boolean> {
  return api.permissions.request({ origins });
}

/** Listens for access that was given or taken away. */
export function onAccess(handle: () => void): void {
  api.permissions.onAdded.addListener(handle);
  api.permissions.onRemoved.addListener(handle);
}

/** The match patterns that the manifest names. */
export function knownHosts(): string[] {
  return api.runtime.getManifest().host_permissions ?? [];
}

/** Runs these files on exactly these match patterns from now on, in all frames, in place of what `id` had before. */
export async function setScripts(id: string, matches: string[], js: string[]): Promise<void> {
  const [before] = await api.scripting.getRegisteredContentScripts({ ids: [id] });
  if (matches.length === 0) {
    if (before) await api.scripting.unregisterContentScripts({ ids: [id] });
    return;
  }
  const script = { id, matches, js, allFrames: true, runAt: "document_start" as const };
  if (before) await api.scripting.updateContentScripts([script]);
  else await api.scripting.registerContentScripts([script]);
}

/** A short mark on the toolbar icon; empty for none. */
export async function markIcon(text: string, color: string): Promise<void> {
  await api.action.setBadgeText({ text });
  await api.action.setBadgeBackgroundColor({ color });
}

function originOf(url: string): string {
  try {
    return new URL(url).origin;
  } catch {
    return "";
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  const message = (error as { message?: unknown } | undefined)?.message;
  return typeof message === "string" ? message : String(error);
}
