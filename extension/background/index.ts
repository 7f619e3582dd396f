/**
 * The background worker (an event page in Firefox). Every listener is registered before the first await, or a wake-up
 * would lose the event that caused it; whatever needs loading is a promise that the handlers await.
 */
import {
  alarmAt,
  notifyAll,
  onAccess,
  onAlarm,
  onInstalled,
  onRequest,
  onStartup,
  openPage,
} from "../shared/browser.ts";
import { siteOf } from "../shared/sites.ts";
import { Distribution, FETCH_ALARM } from "./distribution.ts";
import { EngineHost } from "./engine.ts";
import * as hosts from "./hosts.ts";
import { inForce } from "./policies.ts";
import { Router } from "./router.ts";
import * as settings from "./settings.ts";

const RESUME = "resume";

const engine = new EngineHost(async () => (await inForce()).map((policy) => policy.bytes));
const distribution = new Distribution(settings.mirrored, () => {
  engine.reset();
  void tell();
});
const router = new Router(engine, distribution, () => void tell());

onRequest((request, sender) => router.answer(request, sender));
onAlarm((name) => {
  if (name === RESUME) void tell();
  if (name === FETCH_ALARM) void distribution.refresh();
});
hosts.follow();
onInstalled((reason) => {
  void hosts.sync();
  if (reason === "install") void welcome();
});
onStartup(() => {
  void hosts.sync();
  void distribution.refresh();
});
onAccess(() => void distribution.refresh());
settings.follow(
  () => void tell(),
  () => void distribution.refresh(),
);

/** Tells every frame what is in force now, and wakes up again when a pause ends. */
async function tell(): Promise<void> {
  const { pausedUntil } = await settings.settings();
  await alarmAt(RESUME, pausedUntil !== undefined && pausedUntil > Date.now() ? pausedUntil : undefined);
  await notifyAll(async (url) => ({
    kind: "state.changed",
    state: await router.frameState(siteOf(url), url),
  }));
}

async function welcome(): Promise<void> {
  if (!(await settings.settings()).welcomed) await openPage("pages/welcome/index.html");
}
