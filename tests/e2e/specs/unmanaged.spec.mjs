// A person without management: a signed bundle is believed once its key was compared, and only by that key from then on.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { launch, until } from "../harness.mjs";
import { administrator } from "../managed.mjs";
import { command, inExtension } from "../policy.mjs";

const AUTHORED = (version) => `
[policy]
id = "acme"
version = ${version}
name = "Policy of Acme"
[[lists]]
id = "codenames"
concealed = true
terms = ["bluehawk"]
[[rules]]
id = "acme.codenames"
kind = "terms"
lists = ["codenames"]
message = "Not public yet."
`;

/** Chooses a file on the settings page, as the file dialog would. */
const choose = (session, name, bytes) =>
  inExtension(
    session,
    async ({ name, base64 }) => {
      const files = new DataTransfer();
      files.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
      const input = document.querySelector("input[type=file]");
      if (!input) throw new Error("the page is not ready");
      input.files = files.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    },
    { name, base64: bytes.toString("base64") },
  );

const says = (session, words) =>
  until(`the settings say "${words}"`, async () => {
    const text = await inExtension(session, () => document.body.innerText);
    if (text.includes(words)) return text;
    throw new Error(text);
  });

const press = (session, words) =>
  inExtension(
    session,
    (it) => [...document.querySelectorAll("button")].find((el) => el.textContent === it).click(),
    words,
  );

export const tests = [
  {
    id: "a signed bundle is believed once its key was compared",
    run: async ({ session, env }) => {
      const scratch = await mkdtemp(path.join(os.tmpdir(), "draftguard-unmanaged-"));
      const own = await launch(session.kind, {
        proxyPort: env.fixtures.proxyPort,
        extensionDir: env.extensionDir,
      });
      try {
        const draftguard = await administrator(env.root, scratch);
        for (const name of ["acme", "stranger"]) await draftguard("keygen", "--out", `${name}.key`);
        const bundle = async (version, by) => {
          await writeFile(path.join(scratch, "acme.toml"), AUTHORED(version));
          await draftguard("compile", "acme.toml", "--out", "acme.dgb", "--force");
          await draftguard("sign", "acme.dgb", "--key", by);
          return readFile(path.join(scratch, "acme.dgb"));
        };
        await command(own, { kind: "settings.set", change: { language: "en" } });
        const inForce = async () => (await command(own, { kind: "policy.list" })).policies;

        // As its author wrote it, the list would lie here in clear.
        const first = await bundle(1, "acme.key");
        await says(own, "Import a policy file");
        await choose(own, "acme.toml", await readFile(path.join(scratch, "acme.toml")));
        await says(own, "would lie here in clear");
        // Offered, and left.
        await choose(own, "acme.dgb", first);
        const offered = await says(own, "import it only if the two are the same");
        await press(own, "Leave it");
        assert.deepEqual(
          (await inForce()).map(({ source }) => source),
          ["core"],
        );
        await choose(own, "acme.dgb", first);
        await says(own, "import it only if the two are the same");
        await press(own, "Import it");
        await says(own, "“Policy of Acme” is in force now");
        const [policy] = await inForce();
        assert.deepEqual([policy.source, policy.version, policy.signers.length], ["personal", 1, 1]);
        assert.ok(offered.includes(policy.signers[0]), offered);

        // The next one by the same key; one by another key, an older one and an unsigned one are refused.
        await choose(own, "acme.dgb", await bundle(2, "acme.key"));
        await says(own, "signed with the same key as the one in force");
        await press(own, "Import it");
        await until("version 2 is in force", async () => (await inForce())[0].version === 2);
        await choose(own, "acme.dgb", await bundle(3, "stranger.key"));
        await says(own, "0 of 1 signatures by trusted keys");
        await choose(own, "acme.dgb", first);
        await says(own, "version 1 is older than version 2");
        await writeFile(path.join(scratch, "acme.toml"), AUTHORED(4));
        await draftguard("compile", "acme.toml", "--out", "acme.dgb", "--force");
        await choose(own, "acme.dgb", await readFile(path.join(scratch, "acme.dgb")));
        await says(own, "nobody has signed this bundle");
        assert.equal((await inForce())[0].version, 2);
      } finally {
        await own.close();
        await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
      }
    },
  },
];
