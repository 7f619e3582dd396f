/**
 * Attachments on their way into a composer: a chosen, dropped or pasted file. Its name and first bytes are read, for
 * rules about file names and metadata; the file itself is not touched and its upload not stopped.
 */
import type { Media } from "../shared/generated/Media.ts";
import type { MediaKind } from "../shared/generated/MediaKind.ts";
import { fromBase64 } from "../shared/protocol.ts";

/** What the engine reads of a file at most, in bytes (`Media::bytes`). */
const HEADER = 256 * 1024;
/** More files than that are no attachments of a post. */
const MOST = 20;
/** How long after a post left an emptied box gives its attachments up, in milliseconds. */
const POSTED = 10_000;

interface Kept {
  media: Media[];
  reading: Promise<void>;
  /** Files that are being read. */
  open: number;
  postedAt: number;
}

export class Attachments {
  readonly #kept = new WeakMap<Element, Kept>();

  /** The attachments of a scope that are read. */
  readonly of = (scope: Element): readonly Media[] => this.#kept.get(scope)?.media ?? [];

  /** Whether files are still being read. */
  pending(scope: Element): boolean {
    return (this.#kept.get(scope)?.open ?? 0) > 0;
  }

  /** Resolves when every file seen so far is read. */
  ready(scope: Element): Promise<void> | undefined {
    return this.#kept.get(scope)?.reading;
  }

  /** Reads files that go into the composer of `scope`; `changed` runs when they are known. */
  take(scope: Element, files: readonly File[], changed: () => void): void {
    const kept = this.#kept.get(scope) ?? { media: [], reading: Promise.resolve(), open: 0, postedAt: 0 };
    this.#kept.set(scope, kept);
    kept.open += 1;
    kept.reading = Promise.all([kept.reading, ...files.slice(0, MOST).map(read)]).then(([, ...found]) => {
      for (const media of found) {
        if (kept.media.length < MOST && !kept.media.some((m) => m.name === media.name))
          kept.media.push(media);
      }
      kept.open -= 1;
      changed();
    });
  }

  /** The post of `scope` was let go. */
  posted(scope: Element): void {
    const kept = this.#kept.get(scope);
    if (kept !== undefined) kept.postedAt = performance.now();
  }

  /** The composer of `scope` is empty: after a post its attachments are gone with it. */
  emptied(scope: Element): void {
    const kept = this.#kept.get(scope);
    if (kept !== undefined && kept.postedAt > 0 && performance.now() - kept.postedAt < POSTED) {
      this.#kept.delete(scope);
    }
  }
}

async function read(file: File): Promise<Media> {
  const media: Media = { name: file.name.slice(0, 255), kind: kindOf(file.type) };
  try {
    return { ...media, bytes: await firstBytes(file.slice(0, HEADER)) };
  } catch {
    // A file that vanished since it was chosen still has a name.
    return media;
  }
}

/** Read as a text: Gecko gives a content script no use of a buffer that belongs to the page. */
function firstBytes(head: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const address = String(reader.result);
      resolve(fromBase64(address.slice(address.indexOf(",") + 1)) as Uint8Array<ArrayBuffer>);
    };
    reader.onerror = () => reject(new Error("the file cannot be read"));
    reader.readAsDataURL(head);
  });
}

function kindOf(type: string): MediaKind {
  const kind = type.split("/")[0];
  return kind === "image" || kind === "video" || kind === "audio" ? kind : "document";
}
