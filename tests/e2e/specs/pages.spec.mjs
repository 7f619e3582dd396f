// The fixture pages themselves, without the extension: every box takes text into its own model, shows the same text,
// and posts it exactly once, in each of its ways.
import assert from "node:assert/strict";
import { withBench } from "../harness.mjs";
import { BOXES, wayName } from "../sites.mjs";

export const bare = true;

export const tests = BOXES.flatMap((box) =>
  box.ways.map((way) => ({
    id: `${box.id}/${wayName(way)}`,
    run: ({ session }) =>
      withBench(session, box, async (bench) => {
        const text = box.newline ? "Hello #router 🙂 world\nsecond line" : "Hello world 🙂";
        await bench.focus();
        await bench.type(text);
        assert.equal(await bench.model(), text);
        assert.equal(await bench.dom(), text);
        await bench.post(way);
        await bench.settled();
        const posted = await bench.posted();
        assert.equal(posted.length, 1);
        assert.equal(posted[0][box.field ?? "text"], text);
        assert.equal(posted[0].trusted, way.untrusted !== true);
      }),
  })),
);
