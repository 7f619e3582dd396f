/**
 * Hosts beyond the sites of the package: own instances, intranets. A browser keeps what was allowed; here it becomes
 * content scripts, with the data of every software that runs anywhere and the general rule behind it.
 */
import { grantedHosts, onAccess, registerScripts, runScripts } from "../shared/browser.ts";
import { mirrored } from "./settings.ts";

const ID = "hosts";
const SCRIPTS = ["sites/any.js", "content.js"];

function patternOf(address: unknown): string | undefined {
  try {
    return `https://${new URL(String(address)).hostname}/*`;
  } catch {
    return undefined;
  }
}

let running: Promise<void> = Promise.resolve();

/** Follows what is allowed. Registers its listeners at once; `sync` is for the start. */
export function follow(): void {
  onAccess(() => void sync());
}

/** Makes the registered scripts those of the hosts that are allowed now. One at a time: two would take each other's id. */
export function sync(): Promise<void> {
  running = running
    .then(async () => {
      // The policy's address is allowed for fetching it, and nobody posts there.
      const policy = ((await mirrored()) as { policy_url?: unknown } | undefined)?.policy_url;
      const hosts = (await grantedHosts()).filter((pattern) => pattern !== patternOf(policy));
      await registerScripts(ID, hosts, SCRIPTS);
      await runScripts(hosts, SCRIPTS);
    })
    .catch(() => {
      // A pattern that a browser refuses leaves the hosts before it as they were.
    });
  return running;
}
