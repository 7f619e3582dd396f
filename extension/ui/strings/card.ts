/** The words of the card and the badge: what is drawn over other people's pages. */
import type { Catalogue } from "./index.ts";

export const CARD = {
  "card.look": { en: "Worth a look", id: "Perlu dilihat" },
  "card.held.warn": { en: "A quick look before you post", id: "Lihat sebentar sebelum dikirim" },
  "card.held.justify": { en: "A reason is needed for this post", id: "Postingan ini perlu alasan" },
  "card.held.approve": {
    en: "This post needs an approval first",
    id: "Postingan ini perlu persetujuan dulu",
  },
  "card.held.block": { en: "This can’t go out as it is", id: "Ini belum bisa dikirim" },
  "card.summary": {
    en: {
      one: "{n} thing to look at. Your text is safe here.",
      other: "{n} things to look at. Your text is safe here.",
    },
    id: "{n} hal perlu dilihat. Teks Anda tetap aman.",
  },
  "card.all-good": { en: "All good now", id: "Semua sudah beres" },
  "card.all-good.more": {
    en: "Nothing else to look at in this text.",
    id: "Tidak ada lagi yang perlu dilihat di teks ini.",
  },
  "card.close": { en: "Close", id: "Tutup" },
  "card.more": {
    en: { one: "Show {n} more", other: "Show {n} more" },
    id: "Tampilkan {n} lagi",
  },
  "card.concealed": { en: "A protected term", id: "Istilah yang dilindungi" },
  "card.places": { en: { one: "{n} place", other: "{n} places" }, id: "{n} tempat" },
  "card.partial": {
    en: "This text is very long; not all of it could be checked.",
    id: "Teks ini sangat panjang; tidak semuanya bisa diperiksa.",
  },
  "card.length": { en: "{used} of {max} characters", id: "{used} dari {max} karakter" },
  "severity.high": { en: "Important", id: "Penting" },
  "severity.medium": { en: "Please check", id: "Mohon cek" },
  "severity.low": { en: "Tip", id: "Saran" },
  "finding.details": { en: "Why this matters", id: "Mengapa ini penting" },
  "finding.why": { en: "How we saw it", id: "Cara kami mengenalinya" },
  "finding.also": { en: "Also", id: "Juga" },
  "finding.consequence": { en: "What it can lead to", id: "Akibat yang mungkin" },
  "finding.section": { en: "In the handbook", id: "Di buku panduan" },
  "finding.reference": { en: "Based on", id: "Berdasarkan" },
  "finding.learn": { en: "Learn more", id: "Pelajari lebih lanjut" },
  "finding.not-a-problem": { en: "This is not a problem", id: "Ini bukan masalah" },
  "finding.noted": {
    en: "Thank you. Noted on this device, without your text.",
    id: "Terima kasih. Dicatat di perangkat ini, tanpa teks Anda.",
  },
  "finding.show-all": { en: "Show all", id: "Tampilkan semua" },
  "fix.replace": { en: "Use “{text}”", id: "Pakai “{text}”" },
  "fix.replace.all": { en: "Use “{text}” in {n} places", id: "Pakai “{text}” di {n} tempat" },
  "fix.remove": { en: "Remove it", id: "Hapus" },
  "fix.remove.all": { en: "Remove in {n} places", id: "Hapus di {n} tempat" },
  "fix.insert": { en: "Add this", id: "Tambahkan" },
  "fix.insert.preview": { en: "Will be added:", id: "Akan ditambahkan:" },
  "fix.remaining": {
    en: { one: "{n} character left after this", other: "{n} characters left after this" },
    id: "Sisa {n} karakter setelah ini",
  },
  "fix.response": { en: "Use this reply", id: "Pakai balasan ini" },
  "fix.copy": { en: "Copy “{text}”", id: "Salin “{text}”" },
  "fix.copied": {
    en: "Copied. Paste it where you want it.",
    id: "Tersalin. Tempelkan di tempat yang Anda mau.",
  },
  "fix.copy.failed": {
    en: "Copying did not work. Please copy it by hand:",
    id: "Salin otomatis gagal. Silakan salin sendiri:",
  },
  "fix.failed": {
    en: "The text could not be changed here; nothing was lost. Please edit it by hand.",
    id: "Teks tidak bisa diubah di sini; tidak ada yang hilang. Silakan ubah sendiri.",
  },
  "fix.done": { en: "Done. Your text was changed.", id: "Selesai. Teks Anda sudah diubah." },
  "fix.all": { en: "Fix all {n}", id: "Perbaiki semua ({n})" },
  "reply.title": { en: "Approved replies", id: "Balasan yang disetujui" },
  "reply.count": { en: "Approved replies ({n})", id: "Balasan yang disetujui ({n})" },
  "reply.search": { en: "Search by topic or words", id: "Cari topik atau kata" },
  "reply.fits": { en: "Fits this post", id: "Cocok untuk ini" },
  "reply.found": { en: { one: "{n} reply", other: "{n} replies" }, id: "{n} balasan" },
  "reply.none": {
    en: "No approved reply for “{text}”. Try fewer words.",
    id: "Tidak ada balasan untuk “{text}”. Coba kata yang lebih sedikit.",
  },
  "reply.handle": { en: "Who is it for?", id: "Untuk siapa?" },
  "reply.handle.example": { en: "@name", id: "@nama" },
  "reply.blank": { en: "Fill in: {text}", id: "Isi: {text}" },
  "reply.blank.first": {
    en: "Please fill in the blank first.",
    id: "Isi dulu bagian yang masih kosong.",
  },
  "reply.changes": {
    en: "Up to {n} % of a reply’s words may be changed.",
    id: "Paling banyak {n} % kata sebuah balasan boleh diubah.",
  },
  "reply.changes.none": { en: "Replies are used word for word.", id: "Balasan dipakai kata demi kata." },
  "reply.changes.free": { en: "Replies may be changed freely.", id: "Balasan boleh diubah dengan bebas." },
  "reply.changed": {
    en: "Approved reply “{title}”: {changed} % changed, up to {allowed} % is fine.",
    id: "Balasan “{title}”: {changed} % diubah, paling banyak {allowed} %.",
  },
  "reply.over": {
    en: "Approved reply “{title}”: {changed} % changed, more than the {allowed} % that is fine.",
    id: "Balasan “{title}”: {changed} % diubah, lebih dari batas {allowed} %.",
  },
  "line.complaint": {
    en: "{name} answers complaints like this one.",
    id: "Keluhan seperti ini dijawab oleh {name}.",
  },
  "line.crisis": {
    en: "{name} answers posts about incidents like this.",
    id: "Postingan tentang kejadian seperti ini dijawab oleh {name}.",
  },
  "line.reply": { en: "An approved reply fits: {title}", id: "Ada balasan yang cocok: {title}" },
  "line.label": { en: "Draftguard: before you answer", id: "Draftguard: sebelum Anda menjawab" },
  "limit.left": {
    en: {
      one: "{n} more reminder like this within the hour; then only the badge will say so.",
      other: "{n} more reminders like this within the hour; then only the badge will say so.",
    },
    id: "Sisa {n} pengingat seperti ini dalam sejam; setelah itu hanya lencana yang memberi tahu.",
  },
  "limit.last": {
    en: "The last reminder like this for an hour: until then only the badge will say so.",
    id: "Pengingat terakhir untuk satu jam ke depan: sementara itu hanya lencana yang memberi tahu.",
  },
  "contact.ask": { en: "Who can help: {name}", id: "Yang bisa membantu: {name}" },
  "contact.mail": { en: "Write a mail", id: "Tulis surel" },
  "contact.chat": { en: "Open chat", id: "Buka obrolan" },
  "contact.copy": { en: "Copy the message", id: "Salin pesan" },
  "contact.preview": { en: "The message", id: "Isi pesan" },
  "contact.none": {
    en: "Please ask your communications team.",
    id: "Silakan tanya tim komunikasi Anda.",
  },
  "request.copy": { en: "Copy a request", id: "Salin permintaan" },
  "request.head": {
    en: "Could you please approve this post?",
    id: "Mohon persetujuan untuk postingan ini.",
  },
  "request.rules": { en: "What it is about:", id: "Tentang:" },
  "request.text": { en: "The text:", id: "Teksnya:" },
  "footer.edit": { en: "Edit", id: "Ubah" },
  "footer.anyway": { en: "Post anyway", id: "Tetap kirim" },
  "footer.anyway.reason": { en: "Post with this reason", id: "Kirim dengan alasan ini" },
  "footer.covered": {
    en: "Something lies over this card. Scroll or close it to go on.",
    id: "Ada yang menutupi kartu ini. Geser atau tutup dulu.",
  },
  "reason.legend": { en: "Why is this post all right?", id: "Mengapa postingan ini boleh?" },
  "reason.other": { en: "Another reason", id: "Alasan lain" },
  "reason.text": { en: "In your own words", id: "Dengan kata Anda sendiri" },
  "reason.kept": {
    en: "It stays on this device and is sent to nobody. Your history keeps your own words only if you let it keep texts.",
    id: "Tetap di perangkat ini, tidak dikirim ke siapa pun. Riwayat memuat kata-kata Anda hanya jika Anda mengizinkannya menyimpan teks.",
  },
  "reason.public": { en: "It is already public", id: "Sudah diketahui umum" },
  "reason.permitted": { en: "I have permission", id: "Saya sudah diberi izin" },
  "reason.mistaken": { en: "The check is mistaken", id: "Pemeriksaannya keliru" },
  "badge.label": {
    en: { one: "Draftguard: {shown} thing to look at", other: "Draftguard: {shown} things to look at" },
    id: "Draftguard: {shown} hal perlu dilihat",
  },
  "badge.reply": {
    en: "Draftguard: {shown} of the approved reply changed",
    id: "Draftguard: {shown} balasan yang disetujui diubah",
  },
  "badge.clear": { en: "Draftguard: nothing to look at", id: "Draftguard: tidak ada yang perlu dilihat" },
  "badge.unavailable": {
    en: "Draftguard could not check this text",
    id: "Draftguard tidak dapat memeriksa teks ini",
  },
} as const satisfies Catalogue;

/** A key of the card's words. */
export type CardKey = keyof typeof CARD;
