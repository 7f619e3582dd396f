// Screenshots of every surface x light and dark x English and Indonesian x both browsers, under target/screens/:
// node tests/e2e/screens.mjs [--browser KIND] [--only PATTERN] [--language L] [--theme T]
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startFixtures } from "./fixtures.mjs";
import { launch } from "./harness.mjs";
import { marksScreens } from "./marks.mjs";
import { importPolicy } from "./policy.mjs";
import { LANGUAGES, openSurface, STILL, SURFACES, startGallery, THEMES } from "./surfaces.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
const { values: options } = parseArgs({
  options: {
    browser: { type: "string", multiple: true, default: ["chromium", "firefox"] },
    only: { type: "string", multiple: true, default: [] },
    language: { type: "string", multiple: true, default: LANGUAGES },
    theme: { type: "string", multiple: true, default: THEMES },
    extension: { type: "string", default: path.join(root, "dist/draftguard") },
    out: { type: "string", default: path.join(root, "target/screens") },
  },
});
const wanted = SURFACES.filter(
  ({ name }) => options.only.length === 0 || options.only.some((pattern) => name.includes(pattern)),
);
await mkdir(options.out, { recursive: true });
const policy = await readFile(path.join(options.extension, "policies/demo.policy"));
const gallery = await startGallery(root);
let failed = 0;

for (const kind of options.browser) {
  const fixtures = await startFixtures();
  const session = await launch(kind, {
    proxyPort: fixtures.proxyPort,
    extensionDir: options.extension,
    ...STILL,
  });
  try {
    await importPolicy(session, policy, "demo.policy");
    for (const surface of wanted) {
      for (const language of options.language) {
        for (const theme of options.theme) {
          const name = `${surface.name}-${theme}-${language}-${kind}`;
          try {
            const page = await openSurface(session, surface, { gallery, language, theme });
            const fullPage = !surface.query;
            await page.screenshot({ path: path.join(options.out, `${name}.png`), fullPage });
            await page.close();
          } catch (error) {
            failed++;
            console.log(`FAILED ${name}: ${error.message}`);
          }
        }
      }
    }
    const any = (name) => options.only.length === 0 || options.only.some((pattern) => name.includes(pattern));
    for (const why of await marksScreens(session, { out: options.out, wanted: any })) {
      failed++;
      console.log(`FAILED ${why}`);
    }
  } finally {
    await session.close();
    await fixtures.close();
  }
}
gallery.close();
console.log(`screens: ${wanted.length} surfaces in ${path.relative(process.cwd(), options.out)}`);
process.exit(failed === 0 ? 0 : 1);
