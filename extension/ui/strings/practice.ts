/**
 * The words of the practice page. `{company}`, `{product}` and `{competitor}` are those of the policy in force.
 * The drafts are written as people write, mistakes of judgement included: that is what is practised.
 */
import type { Catalogue } from "./index.ts";

export const PRACTICE = {
  "practice.title": { en: "Practice", id: "Latihan" },
  "practice.lead": {
    en: "A dozen situations from real life. Change each draft until there is nothing left to look at. Nothing is posted anywhere.",
    id: "Selusin situasi dari kehidupan nyata. Ubah tiap draf sampai tidak ada lagi yang perlu dilihat. Tidak ada yang dikirim ke mana pun.",
  },
  "practice.progress": { en: "{n} of {all} done", id: "{n} dari {all} selesai" },
  "practice.done": { en: "Done", id: "Selesai" },
  "practice.well": {
    en: "Well done. This one can go out.",
    id: "Bagus. Yang ini sudah boleh dikirim.",
  },
  "practice.draft": { en: "Your draft", id: "Draf Anda" },
  "practice.answering": { en: "You are answering:", id: "Anda menjawab:" },
  "practice.reset": { en: "Start over", id: "Ulangi" },
  "practice.next": { en: "Next situation", id: "Situasi berikutnya" },
  "practice.as.personal": { en: "on your own account", id: "di akun pribadi Anda" },
  "practice.as.brand": { en: "on the company’s account", id: "di akun perusahaan" },
  "practice.company": { en: "our company", id: "perusahaan kami" },
  "practice.product": { en: "our new product", id: "produk baru kami" },
  "practice.competitor": { en: "a competitor", id: "pesaing" },

  "launch.title": { en: "A launch you are proud of", id: "Peluncuran yang membanggakan" },
  "launch.task": {
    en: "You worked on something new, and want to tell people about it.",
    id: "Anda ikut mengerjakan sesuatu yang baru dan ingin menceritakannya.",
  },
  "launch.draft": {
    en: "We at {company} are happy to announce Bluehawk, coming in May!",
    id: "Kami di {company} dengan bangga mengumumkan Bluehawk, hadir bulan Mei!",
  },
  "complaint.title": { en: "An angry customer", id: "Pelanggan yang marah" },
  "complaint.task": {
    en: "Somebody complains about your company, and you want to help.",
    id: "Seseorang mengeluh tentang perusahaan Anda, dan Anda ingin membantu.",
  },
  "complaint.answering": {
    en: "@{company} my order is three weeks late and nobody answers. Worst service ever!",
    id: "@{company} pesanan saya sudah telat tiga minggu dan tidak ada yang membalas. Pelayanan terburuk!",
  },
  "complaint.draft": {
    en: "Are you stupid? Read the terms. We at {company} are not responsible for your mistakes.",
    id: "Bodoh amat sih, baca dong ketentuannya. Kami di {company} tidak bertanggung jawab atas kesalahanmu.",
  },
  "praise.title": { en: "Praise for your own employer", id: "Memuji perusahaan sendiri" },
  "praise.task": {
    en: "You love what your company makes, and recommend it to your friends.",
    id: "Anda suka produk perusahaan Anda dan merekomendasikannya ke teman.",
  },
  "praise.draft": {
    en: "{company} makes the best products I have ever used. Buy {product}, you will love it!",
    id: "Produk {company} terbaik yang pernah saya pakai. Beli {product}, pasti suka!",
  },
  "chart.title": { en: "A chart from the meeting", id: "Grafik dari rapat" },
  "chart.task": {
    en: "The quarter went well, and you would like to share the numbers.",
    id: "Kuartal ini bagus, dan Anda ingin membagikan angkanya.",
  },
  "chart.draft": {
    en: "Revenue at {company} is up 34 % this quarter, not published yet but look at this: https://intranet.acme.example/q3",
    id: "Pendapatan {company} naik 34 % kuartal ini, belum diumumkan tapi lihat ini: https://intranet.acme.example/q3",
  },
  "rival.title": { en: "Talking about a competitor", id: "Bicara tentang pesaing" },
  "rival.task": {
    en: "A friend asks which product to buy.",
    id: "Teman bertanya sebaiknya beli produk yang mana.",
  },
  "rival.draft": {
    en: "Stay away from {competitor}. They are a scam and they steal your money.",
    id: "Jangan beli dari {competitor}. Mereka penipu dan maling uang pelanggan.",
  },
  "help.title": { en: "Helping with a login", id: "Membantu masuk akun" },
  "help.task": {
    en: "A colleague cannot log in, and you want to help quickly.",
    id: "Rekan Anda tidak bisa masuk, dan Anda ingin cepat membantu.",
  },
  "help.draft": {
    en: "Just use mine: user budi, password: Sommer2026! The key is AKIAIOSFODNN7EXAMPLE",
    id: "Pakai punyaku saja: user budi, password: Sommer2026! Kuncinya AKIAIOSFODNN7EXAMPLE",
  },
  "customer.title": { en: "A customer’s story", id: "Cerita pelanggan" },
  "customer.task": {
    en: "A customer said something kind, and you want to share it.",
    id: "Pelanggan mengatakan hal yang baik, dan Anda ingin membagikannya.",
  },
  "customer.draft": {
    en: "Siti Rahayu (siti.rahayu@gmail.com, 0812-3456-7890) told me we saved her day!",
    id: "Kata Bu Siti Rahayu (siti.rahayu@gmail.com, 0812-3456-7890), kita sudah menyelamatkan harinya!",
  },
  "press.title": { en: "A journalist asks", id: "Wartawan bertanya" },
  "press.task": {
    en: "A journalist asks you about rumours.",
    id: "Seorang wartawan menanyakan rumor kepada Anda.",
  },
  "press.answering": {
    en: "I am writing a story about {company}. Is it true that people will be laid off?",
    id: "Saya sedang menulis tentang {company}. Benarkah akan ada pemutusan hubungan kerja?",
  },
  "press.draft": {
    en: "As the spokesperson of {company} I can say that it is true, 200 people next month.",
    id: "Sebagai juru bicara {company} saya bisa bilang itu benar, 200 orang bulan depan.",
  },
  "photo.title": { en: "Somebody else’s words", id: "Kata-kata orang lain" },
  "photo.task": {
    en: "You read something clever, and want to pass it on.",
    id: "Anda membaca sesuatu yang bagus dan ingin meneruskannya.",
  },
  "photo.draft": {
    en: "“The companies that will win the next ten years are those that listen to the people who talk about them every single day, in public, and who answer as people do.”",
    id: "“Perusahaan yang akan menang dalam sepuluh tahun ke depan adalah yang mau mendengarkan orang-orang yang membicarakannya setiap hari, di depan umum, dan menjawabnya sebagai manusia.”",
  },
  "bad-day.title": { en: "A bad day at work", id: "Hari yang buruk di kantor" },
  "bad-day.task": {
    en: "It was a hard day. You may say so; how you say it matters.",
    id: "Hari ini berat. Anda boleh mengatakannya; caranya yang penting.",
  },
  "bad-day.draft": {
    en: "My boss at {company} is a damn idiot and I will make him pay for this.",
    id: "Bos saya di {company} goblok banget, awas saja nanti saya balas.",
  },
  "promise.title": { en: "A promise", id: "Sebuah janji" },
  "promise.task": {
    en: "You want to convince somebody.",
    id: "Anda ingin meyakinkan seseorang.",
  },
  "promise.draft": {
    en: "{product} is guaranteed to double your money, 100 % risk-free!",
    id: "{product} dijamin melipatgandakan uangmu, 100 % tanpa risiko!",
  },
  "pay.title": { en: "Talking about pay", id: "Membicarakan upah" },
  "pay.task": {
    en: "You talk with colleagues about working conditions. That is your right: watch what happens.",
    id: "Anda membicarakan kondisi kerja dengan rekan. Itu hak Anda: lihat apa yang terjadi.",
  },
  "pay.draft": {
    en: "We should talk about our wages and the night shifts. Who joins the meeting on Friday?",
    id: "Kita perlu membicarakan upah dan giliran malam. Siapa ikut pertemuan hari Jumat?",
  },
} as const satisfies Catalogue;

export type PracticeKey = keyof typeof PRACTICE;
