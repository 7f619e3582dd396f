/** The first run: what it does, what it never does, try it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { send } from "../../shared/browser.ts";
import { ShieldIcon } from "../../ui/icons.tsx";
import { type PageProps, pagePath, Segments, startPage } from "../../ui/page.tsx";
import { TryBox } from "../../ui/try-box.tsx";

const STEPS = 3;

function Page({ t, language, refresh }: PageProps) {
  const [step, setStep] = useState(1);
  const heading = useRef<HTMLHeadingElement>(null);
  const moved = useRef(false);
  // A new step is read out from its heading; the first one is the page's own.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `step` is what moves the focus
  useEffect(() => {
    if (moved.current) heading.current?.focus();
    moved.current = true;
  }, [step]);
  const finish = async () => {
    await send({ kind: "settings.set", change: { welcomed: true } });
    location.href = pagePath("practice");
  };
  return (
    <main class="page welcome">
      <header class="lead-row">
        <span class="brand">
          <ShieldIcon size={24} /> {t("app.name")}
        </span>
        <Segments
          label={t("options.language")}
          value={language}
          options={[
            { value: "en", text: "English", lang: "en" },
            { value: "id", text: "Bahasa Indonesia", lang: "id" },
          ]}
          onChange={async (chosen) => {
            await send({ kind: "settings.set", change: { language: chosen } });
            refresh();
          }}
        />
      </header>
      <h1>{t("welcome.title")}</h1>
      <section class="panel stack step">
        <p class="dg-soft dg-small">{t("welcome.step", { at: step, n: STEPS })}</p>
        <h2 ref={heading} tabIndex={-1}>
          {step === 1
            ? t("welcome.does.title")
            : step === 2
              ? t("welcome.never.title")
              : t("welcome.try.title")}
        </h2>
        {step === 1 && <p>{t("welcome.does.text")}</p>}
        {step === 2 && (
          <ul class="never">
            {([1, 2, 3, 4] as const).map((at) => (
              <li key={at}>{t(`welcome.never.${at}`)}</li>
            ))}
          </ul>
        )}
        {step === 3 && (
          <>
            <p>{t("welcome.try.text")}</p>
            <TryBox
              t={t}
              language={language}
              label={t("try.title")}
              context={{ surface: "post", account: "personal" }}
              initial={t("welcome.try.sample")}
            />
          </>
        )}
        <div class="dg-row end">
          {step > 1 && (
            <button type="button" class="dg-button" onClick={() => setStep(step - 1)}>
              {t("welcome.back")}
            </button>
          )}
          <button
            type="button"
            class="dg-button next"
            data-look="primary"
            onClick={() => (step < STEPS ? setStep(step + 1) : void finish())}
          >
            {step < STEPS ? t("welcome.next") : t("welcome.finish")}
          </button>
        </div>
      </section>
    </main>
  );
}

void startPage(
  "welcome.title",
  Page,
  `
.welcome { max-width: 660px; }
.welcome h1 { margin-top: 28px; }
.step > p { font-size: 15.5px; }
.never { display: grid; gap: 12px; padding-inline-start: 20px; }
.dg .never { list-style: disc; }
.end { justify-content: flex-end; }
`,
);
