// Screenshots of what is drawn over a text, in every editor family.
import path from "node:path";
import { until, withBench } from "./harness.mjs";
import { BOXES } from "./sites.mjs";

/** A box of each editor family, and of a shadow root and a frame. */
export const MARKED = {
  "draft-js": "x-post",
  quill: "linkedin-comment-quill",
  "quill-shadow": "linkedin-quill",
  tiptap: "linkedin-tiptap",
  prosemirror: "bluesky-post",
  lexical: "facebook-post",
  textarea: "mastodon-post",
  "textarea-shadow": "reddit-title",
  contenteditable: "youtube-comment",
  slate: "discord-channel",
};

const LINES = [
  "We ship Bluehawk in May, says 👩‍👩‍👧 שלום.",
  "Globex is a scam! Ask budi.santoso@gmail.com about Bluehawk.",
];

/** Types the same text in each box, and takes a picture of it with its marks. */
export async function marksScreens(session, { out, wanted }) {
  const failed = [];
  for (const [family, id] of Object.entries(MARKED)) {
    const name = `marks-${family}`;
    if (!wanted(name)) continue;
    const box = BOXES.find((b) => b.id === id);
    await withBench(session, box, async (bench) => {
      await bench.focus();
      await bench.type(LINES.join(box.newline ? "\n" : " "));
      await until("all is marked", async () => (await bench.marks()).length >= 5);
      await until("the badge is there", () => bench.badge());
      await bench.page.screenshot({ path: path.join(out, `${name}-${session.kind}.png`) });
    }).catch((error) => failed.push(`${name}: ${error.message}`));
  }
  return failed;
}
