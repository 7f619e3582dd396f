/** Reports as the engine gives them, for looking at the card without a browser extension around it. */
import type { Finding } from "../../extension/shared/generated/Finding.ts";
import type { Help } from "../../extension/shared/generated/Help.ts";
import type { Report } from "../../extension/shared/generated/Report.ts";
import type { Language } from "../../extension/shared/protocol.ts";

type Words = Record<Language, string>;

function finding(over: Partial<Finding> & Pick<Finding, "rule" | "kind">): Finding {
  return {
    part: "body",
    severity: "medium",
    action: "warn",
    start: 0,
    end: 8,
    text: "",
    concealed: false,
    title: "",
    message: "",
    fixes: [],
    reasons: [],
    ...over,
  };
}

function report(findings: Finding[], verdict: Report["verdict"]): Report {
  return { verdict, findings, observed: [], unavailable: null, lengths: [] };
}

const pick = (language: Language) => (words: Words) => words[language];

/** What helps with an answer, as the engine gives it. */
export function help(language: Language, cause: "complaint" | "crisis"): Help {
  const w = pick(language);
  const reply = (id: string, title: Words, text: Words, fits = false) => ({
    id,
    topic: id,
    title: w(title),
    text: w(text),
    fits,
    changes: 30,
  });
  return {
    route: {
      cause,
      id: cause === "crisis" ? "press" : "care",
      name:
        cause === "crisis"
          ? w({ en: "Press office", id: "Kantor pers" })
          : w({ en: "Customer care", id: "Layanan pelanggan" }),
      mail: "help@acme.example",
      url: "https://help.acme.example/",
      message: w({
        en: "A customer needs an answer. Could you take over?",
        id: "Seorang pelanggan perlu jawaban. Bisakah mengambil alih?",
      }),
    },
    replies: [
      reply(
        "refund",
        { en: "Refund", id: "Pengembalian dana" },
        {
          en: "Hi {handle}, sorry for the trouble! Our care team will sort this out: help@acme.example",
          id: "Hai {handle}, maaf atas kendalanya! Tim kami akan membantu: help@acme.example",
        },
        true,
      ),
      reply(
        "delivery",
        { en: "Late delivery", id: "Kiriman terlambat" },
        {
          en: "That took far too long, sorry! Please send your order number to help@acme.example, and we will find your parcel today.",
          id: "Maaf atas lamanya pengiriman ini! Kirimkan nomor pesanan Anda ke help@acme.example, dan paketnya kami lacak hari ini.",
        },
      ),
      reply(
        "outage",
        { en: "Service is down", id: "Layanan terganggu" },
        {
          en: "We know about the problem and are on it. News on https://status.acme.example/",
          id: "Kami sudah mengetahui kendalanya dan sedang menanganinya. Kabar terbaru di https://status.acme.example/",
        },
      ),
      reply(
        "careers",
        { en: "Asking for a job", id: "Bertanya lowongan" },
        {
          en: "Nice that you would like to join Acme! All open positions are on https://acme.example/careers",
          id: "Senang Anda ingin bergabung dengan Acme! Semua lowongan ada di https://acme.example/careers",
        },
      ),
    ],
  };
}

/** Reports by name, in the language of the interface. */
export function reports(language: Language): Record<string, Report> {
  const w = pick(language);
  const codename = (start: number): Finding =>
    finding({
      rule: "acme.codenames",
      kind: "terms",
      severity: "high",
      action: "block",
      start,
      end: start + 8,
      text: "Bluehawk",
      title: w({ en: "An unannounced project", id: "Proyek yang belum diumumkan" }),
      message: w({
        en: "“Bluehawk” has not been announced yet. Please keep it among colleagues until launch day.",
        id: "“Bluehawk” belum diumumkan. Mohon simpan dulu di antara rekan kerja sampai hari peluncuran.",
      }),
      consequence: w({
        en: "An early leak can cost us the launch, and may be a breach of your confidentiality agreement.",
        id: "Bocornya kabar ini bisa merugikan peluncuran dan melanggar perjanjian kerahasiaan Anda.",
      }),
      section: { id: "confidential", title: w({ en: "Confidential information", id: "Informasi rahasia" }) },
      reference: "ISO 27002, 5.12",
      learn: "https://intranet.acme.example/handbook/confidential",
      fixes: [
        {
          kind: "replace",
          part: "body",
          start,
          end: start + 8,
          text: w({ en: "our new project", id: "proyek baru kami" }),
        },
        { kind: "remove", part: "body", start, end: start + 8 },
        {
          kind: "contact",
          id: "press",
          name: w({ en: "Press office", id: "Kantor pers" }),
          mail: "press@acme.example",
          url: "https://chat.acme.example/press",
          message: w({
            en: "Hello, I would like to post about a project that may not be public yet. Could you help me?",
            id: "Halo, saya ingin menulis tentang proyek yang mungkin belum diumumkan. Bisa dibantu?",
          }),
        },
      ],
    });
  const insult = finding({
    rule: "core.accusation",
    kind: "tone",
    severity: "medium",
    start: 40,
    end: 57,
    text: "Globex is a fraud",
    title: w({ en: "An accusation about another company", id: "Tuduhan kepada perusahaan lain" }),
    message: w({
      en: "This reads as a statement of fact about Globex. Say what you experienced instead of what they are.",
      id: "Ini terbaca sebagai pernyataan fakta tentang Globex. Ceritakan pengalaman Anda, bukan siapa mereka.",
    }),
    why: w({ en: "“fraud” right after a company’s name", id: "“fraud” tepat setelah nama perusahaan" }),
    section: { id: "respect", title: w({ en: "Respect for others", id: "Menghormati orang lain" }) },
    reference: w({ en: "Defamation law", id: "UU ITE pasal 27A" }),
  });
  const disclaimer = finding({
    rule: "core.disclaimer",
    kind: "require",
    severity: "low",
    action: "warn",
    start: 60,
    end: 60,
    title: w({ en: "Say that it is your own view", id: "Sebutkan bahwa ini pendapat pribadi" }),
    message: w({
      en: "You mention Acme on a personal account. Readers should see that you speak for yourself.",
      id: "Anda menyebut Acme di akun pribadi. Pembaca perlu tahu bahwa Anda bicara atas nama sendiri.",
    }),
    consequence: w({
      en: "A disclaimer helps readers; it does not lift the other rules.",
      id: "Penafian membantu pembaca, tetapi tidak menghapus aturan lain.",
    }),
    section: { id: "personal", title: w({ en: "Personal accounts", id: "Akun pribadi" }) },
    fixes: [
      {
        kind: "insert",
        part: "body",
        at: 60,
        text: w({
          en: "\n\nI work at Acme. Opinions are my own.",
          id: "\n\nSaya bekerja di Acme. Pendapat ini pribadi.",
        }),
        remaining: 118,
      },
    ],
  });
  const reply = finding({
    rule: "acme.complaints",
    kind: "voice",
    severity: "medium",
    action: "warn",
    title: w({ en: "Our care team answers complaints", id: "Keluhan dijawab tim layanan kami" }),
    message: w({
      en: "This is an answer to a customer’s complaint. You can hand it over, or use an approved reply.",
      id: "Ini jawaban untuk keluhan pelanggan. Anda bisa meneruskannya, atau memakai balasan yang disetujui.",
    }),
    fixes: [
      {
        kind: "response",
        id: "sorry",
        title: w({ en: "We are sorry, and we are on it", id: "Mohon maaf, sedang kami tangani" }),
        text: w({
          en: "Hi @rina, we are sorry about this. Our care team will contact you today: care@acme.example",
          id: "Halo @rina, mohon maaf atas hal ini. Tim layanan kami akan menghubungi Anda hari ini: care@acme.example",
        }),
      },
      {
        kind: "contact",
        id: "care",
        name: w({ en: "Customer care", id: "Layanan pelanggan" }),
        message: w({
          en: "Could you answer this post, please?",
          id: "Mohon dibantu membalas postingan ini.",
        }),
      },
    ],
  });
  const figure = finding({
    rule: "finance.performance",
    kind: "pattern",
    severity: "high",
    action: "justify",
    start: 12,
    end: 22,
    text: "+34 % in Q3",
    title: w({ en: "A figure about our results", id: "Angka tentang kinerja kami" }),
    message: w({
      en: "Results may only be shared once they are published. Is this figure public?",
      id: "Hasil usaha hanya boleh dibagikan setelah diumumkan. Apakah angka ini sudah umum?",
    }),
    reasons: [
      {
        code: "published",
        text: w({ en: "It is in our published report", id: "Ada di laporan kami yang sudah terbit" }),
      },
      { code: "old", text: w({ en: "It is from an earlier year", id: "Dari tahun sebelumnya" }) },
    ],
  });
  const approval = finding({
    rule: "acme.announce",
    kind: "voice",
    severity: "high",
    action: "approve",
    start: 0,
    end: 18,
    text: "we at Acme announce",
    title: w({ en: "You are speaking for the company", id: "Anda bicara atas nama perusahaan" }),
    message: w({
      en: "Announcements go out with the press office’s approval. Send them your text; they usually answer within the hour.",
      id: "Pengumuman perlu persetujuan kantor pers. Kirimkan teks Anda; biasanya dijawab dalam satu jam.",
    }),
    fixes: codename(0).fixes.slice(2),
  });
  const secret = finding({
    rule: "acme.concealed",
    kind: "terms",
    severity: "high",
    action: "block",
    concealed: true,
    title: w({ en: "A protected term", id: "Istilah yang dilindungi" }),
    message: w({
      en: "This text holds a term that must stay inside the company.",
      id: "Teks ini memuat istilah yang harus tetap di dalam perusahaan.",
    }),
    fixes: [{ kind: "remove", part: "body", start: 3, end: 9 }],
  });
  const long = finding({
    rule: "acme.long",
    kind: "terms",
    text: "<b>bold</b><script>alert(1)</script>",
    title: "<img src=x onerror=alert(1)> **not markup**",
    message: w({
      en: "A message that somebody wrote without an end. ",
      id: "Pesan yang ditulis tanpa akhir. ",
    }).repeat(110),
    learn: "javascript:alert(1)",
    fixes: [
      {
        kind: "contact",
        id: "x",
        name: "legal",
        mail: "not an address",
        url: "ftp://acme.example",
        message: "",
      },
    ],
  });
  const many = Array.from({ length: 300 }, (_, at) =>
    finding({
      rule: `acme.rule-${at}`,
      kind: "terms",
      start: at * 10,
      end: at * 10 + 5,
      text: `word${at}`,
      title: w({ en: `Finding number ${at + 1}`, id: `Temuan nomor ${at + 1}` }),
      message: w({ en: "Please use the approved word.", id: "Mohon pakai kata yang disetujui." }),
      fixes: [{ kind: "replace", part: "body", start: at * 10, end: at * 10 + 5, text: `approved${at}` }],
    }),
  );
  const refund = w({ en: "Refund", id: "Pengembalian dana" });
  const changed = (percent: number) => ({ id: "refund", title: refund, changed: percent, allowed: 30 });
  const tooFar = finding({
    rule: "draftguard.reply-changed",
    kind: "voice",
    start: 0,
    end: 0,
    title: w({ en: "No longer the approved reply", id: "Bukan lagi balasan yang disetujui" }),
    message: w({
      en: "“Refund” was approved as it is; up to 30 % of its words may be changed. Go back to it, or empty the box to write an answer of your own.",
      id: "“Pengembalian dana” disetujui apa adanya; paling banyak 30 % katanya boleh diubah. Kembalilah ke balasan itu, atau kosongkan kotaknya untuk menulis jawaban sendiri.",
    }),
    fixes: [
      {
        kind: "response",
        id: "refund",
        title: refund,
        text: w({
          en: "Hi @rina, sorry for the trouble! Our care team will sort this out: help@acme.example",
          id: "Hai @rina, maaf atas kendalanya! Tim kami akan membantu: help@acme.example",
        }),
      },
    ],
  });
  return {
    block: report([codename(0), codename(80), insult, disclaimer], "block"),
    warn: report([insult, disclaimer], "warn"),
    reply: report([reply], "warn"),
    justify: report([figure], "justify"),
    approve: report([approval], "approve"),
    concealed: report([secret], "block"),
    hostile: report([long], "warn"),
    many: report(many, "warn"),
    clear: report([], "clear"),
    near: { ...report([], "clear"), reply: changed(24) },
    over: { ...report([tooFar], "warn"), reply: changed(45) },
  };
}
