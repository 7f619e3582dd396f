/** The words of the popup and of our own pages. */
import type { Catalogue } from "./index.ts";

export const PAGES = {
  "app.name": { en: "Draftguard", id: "Draftguard" },
  "app.loading": { en: "One moment…", id: "Sebentar…" },
  "app.error": { en: "This did not work: {message}", id: "Ini tidak berhasil: {message}" },
  "app.copied": { en: "Copied", id: "Tersalin" },
  "nav.label": { en: "Pages of Draftguard", id: "Halaman Draftguard" },
  "nav.handbook": { en: "Handbook", id: "Buku panduan" },
  "nav.practice": { en: "Practice", id: "Latihan" },
  "nav.safety": { en: "Safety", id: "Keamanan" },
  "nav.history": { en: "History", id: "Riwayat" },
  "nav.options": { en: "Settings", id: "Pengaturan" },
  "nav.contacts": { en: "Who can help", id: "Yang bisa membantu" },
  "nav.taken-over": { en: "My account was taken over", id: "Akun saya diambil alih" },
  "nav.skip": { en: "Skip to the content", id: "Langsung ke isi" },

  "status.on": { en: "You are covered", id: "Anda terlindungi" },
  "status.on.more": {
    en: "Your drafts are checked on this device before they are posted.",
    id: "Draf Anda diperiksa di perangkat ini sebelum dikirim.",
  },
  "status.observing": { en: "Watching quietly", id: "Mengamati diam-diam" },
  "status.observing.more": {
    en: "The policy is being tried out: it counts, and shows nothing while you write.",
    id: "Kebijakan sedang diuji coba: hanya menghitung, tidak menampilkan apa pun saat Anda menulis.",
  },
  "status.paused": { en: "Paused until {time}", id: "Jeda sampai {time}" },
  "status.paused.more": {
    en: "Nothing is checked until then.",
    id: "Sampai saat itu tidak ada yang diperiksa.",
  },
  "status.off": { en: "Switched off", id: "Dimatikan" },
  "status.off.more": {
    en: "Nothing is checked until you switch it on again.",
    id: "Tidak ada yang diperiksa sampai Anda menyalakannya lagi.",
  },
  "status.fault": { en: "Not working right now", id: "Sedang tidak berfungsi" },
  "status.fault.more": {
    en: "Your drafts are not being checked. Restarting the browser often helps; if not, tell IT: {code}",
    id: "Draf Anda sedang tidak diperiksa. Coba mulai ulang peramban; jika tetap begitu, beri tahu tim TI: {code}",
  },
  "status.resume": { en: "Resume now", id: "Lanjutkan sekarang" },
  "status.switch": { en: "Check my drafts", id: "Periksa draf saya" },
  "status.pause": { en: "Pause", id: "Jeda" },
  "status.pause.minutes": {
    en: { one: "{n} minute", other: "{n} minutes" },
    id: "{n} menit",
  },

  "policy.title": { en: "Policy", id: "Kebijakan" },
  "policy.version": { en: "Version {version}", id: "Versi {version}" },
  "policy.rules": { en: { one: "{n} rule", other: "{n} rules" }, id: "{n} aturan" },
  "policy.since": { en: "since {date}", id: "sejak {date}" },
  "policy.source.core": { en: "built in", id: "bawaan" },
  "policy.source.personal": { en: "personal", id: "pribadi" },
  "policy.source.managed": { en: "from your company", id: "dari perusahaan" },
  "policy.core-only": {
    en: "Only the basic rules are in force. Your company’s own policy is not set up here yet.",
    id: "Baru aturan dasar yang berlaku. Kebijakan perusahaan Anda belum dipasang di sini.",
  },
  "policy.add": { en: "Add a policy", id: "Tambah kebijakan" },

  "distribution.title": { en: "From your company", id: "Dari perusahaan Anda" },
  "distribution.current": { en: "Up to date, received {time}.", id: "Terbaru, diterima {time}." },
  "distribution.fetching": { en: "Being fetched now…", id: "Sedang diambil…" },
  "distribution.stale": {
    en: "In force, but out of date since {date}. A new version has not arrived; please tell IT.",
    id: "Berlaku, tetapi kedaluwarsa sejak {date}. Versi baru belum tiba; mohon beri tahu tim TI.",
  },
  "distribution.unreachable": {
    en: "In force. {why} It is tried again by itself.",
    id: "Berlaku. {why} Akan dicoba lagi dengan sendirinya.",
  },
  "distribution.refused": {
    en: "A new version was refused. {why} The one before stays in force; please tell IT ({code}).",
    id: "Versi baru ditolak. {why} Versi sebelumnya tetap berlaku; mohon beri tahu tim TI ({code}).",
  },
  "distribution.none": {
    en: "Your company’s policy has not arrived yet. {why} Until then the basic rules protect you.",
    id: "Kebijakan perusahaan Anda belum tiba. {why} Sementara itu aturan dasar melindungi Anda.",
  },
  "distribution.why.silent": {
    en: "The company’s address does not answer right now.",
    id: "Alamat perusahaan sedang tidak menjawab.",
  },
  "distribution.why.slow": {
    en: "The company’s address answers too slowly.",
    id: "Alamat perusahaan menjawab terlalu lambat.",
  },
  "distribution.why.status": {
    en: "The company’s address answers with an error.",
    id: "Alamat perusahaan menjawab dengan galat.",
  },
  "distribution.why.other": {
    en: "What the company’s address sent is not a policy; it may be a sign-in page.",
    id: "Yang dikirim alamat perusahaan bukan kebijakan; mungkin halaman masuk.",
  },
  "distribution.why.large": {
    en: "It is too large to be a policy.",
    id: "Ukurannya terlalu besar untuk kebijakan.",
  },
  "distribution.why.stranger": {
    en: "Your company’s keys did not sign it.",
    id: "Tidak ditandatangani dengan kunci perusahaan Anda.",
  },
  "distribution.why.older": {
    en: "It is older than the one in force.",
    id: "Lebih lama daripada yang berlaku.",
  },
  "distribution.why.twice": {
    en: "It has the number of the one in force, and says something else.",
    id: "Nomornya sama dengan yang berlaku, tetapi isinya lain.",
  },
  "distribution.why.expired": { en: "It is out of date.", id: "Sudah kedaluwarsa." },
  "distribution.why.newer": {
    en: "It needs a newer version of Draftguard.",
    id: "Membutuhkan versi Draftguard yang lebih baru.",
  },
  "distribution.why.foreign": { en: "It is another policy.", id: "Itu kebijakan lain." },
  "distribution.why.damaged": { en: "It arrived damaged.", id: "Tiba dalam keadaan rusak." },
  "distribution.why.settings": {
    en: "The address or the keys are not set up.",
    id: "Alamat atau kuncinya belum diatur.",
  },
  "distribution.problem": {
    en: "Managed setting {setting}: {message}",
    id: "Pengaturan terkelola {setting}: {message}",
  },
  "distribution.fetch": { en: "Fetch now", id: "Ambil sekarang" },

  "access.private": {
    en: "Private windows are not covered. IT can switch that on, or you in the browser’s list of extensions.",
    id: "Jendela privat tidak terlindungi. Tim TI dapat mengaktifkannya, atau Anda di daftar ekstensi peramban.",
  },
  "access.missing": {
    en: "The browser does not let Draftguard check: {list}.",
    id: "Peramban tidak mengizinkan Draftguard memeriksa: {list}.",
  },
  "access.added": {
    en: "Your company asks for these sites to be checked too: {list}.",
    id: "Perusahaan Anda meminta situs ini juga diperiksa: {list}.",
  },
  "access.allow": { en: "Allow", id: "Izinkan" },
  "outdated.browser": {
    en: "{name} {version} is out of date; your company asks for {least} or newer. Please update it, or tell IT.",
    id: "{name} {version} sudah usang; perusahaan Anda meminta {least} atau yang lebih baru. Mohon perbarui, atau beri tahu tim TI.",
  },
  "outdated.extension": {
    en: "Draftguard {version} is out of date; your company asks for {least} or newer. Please tell IT.",
    id: "Draftguard {version} sudah usang; perusahaan Anda meminta {least} atau yang lebih baru. Mohon beri tahu tim TI.",
  },

  "site.here": { en: "On this page: {site}", id: "Di halaman ini: {site}" },
  "site.checked": {
    en: { one: "{n} text field is being checked", other: "{n} text fields are being checked" },
    id: "{n} kolom teks sedang diperiksa",
  },
  "site.waiting": {
    en: "Ready. Start writing and it will help.",
    id: "Siap. Mulailah menulis, nanti dibantu.",
  },
  "site.fault": {
    en: "This site has changed, and some of it may go unchecked. Please tell IT.",
    id: "Situs ini berubah, sebagian mungkin tidak terperiksa. Mohon beri tahu tim TI.",
  },
  "site.off": { en: "You switched it off for this site.", id: "Anda mematikannya untuk situs ini." },
  "site.none": {
    en: "This page is not one that is checked.",
    id: "Halaman ini tidak termasuk yang diperiksa.",
  },
  "role.title": { en: "Your role", id: "Peran Anda" },
  "role.none": { en: "Not chosen", id: "Belum dipilih" },

  "try.title": { en: "Try a draft", id: "Coba sebuah draf" },
  "try.placeholder": {
    en: "Write or paste something. It stays on this device.",
    id: "Tulis atau tempel sesuatu. Tidak keluar dari perangkat ini.",
  },
  "try.clear": {
    en: "Nothing to look at. This can go out.",
    id: "Tidak ada yang perlu dilihat. Ini boleh dikirim.",
  },
  "try.found": {
    en: { one: "{n} thing to look at", other: "{n} things to look at" },
    id: "{n} hal perlu dilihat",
  },

  "options.title": { en: "Settings", id: "Pengaturan" },
  "options.you": { en: "You", id: "Anda" },
  "options.role.help": {
    en: "Some rules differ for people who speak for the company.",
    id: "Beberapa aturan berbeda bagi orang yang bicara atas nama perusahaan.",
  },
  "options.role.own": {
    en: "A role that you choose yourself gives no right to speak for the company.",
    id: "Peran yang Anda pilih sendiri tidak memberi hak bicara atas nama perusahaan.",
  },
  "options.locked": { en: "Set by your company", id: "Diatur oleh perusahaan" },
  "options.language": { en: "Language", id: "Bahasa" },
  "options.language.auto": { en: "As the browser", id: "Ikuti peramban" },
  "options.theme": { en: "Appearance", id: "Tampilan" },
  "options.theme.auto": { en: "As the system", id: "Ikuti sistem" },
  "options.theme.light": { en: "Light", id: "Terang" },
  "options.theme.dark": { en: "Dark", id: "Gelap" },
  "options.sites": { en: "Sites", id: "Situs" },
  "options.sites.help": {
    en: "Where your drafts are checked.",
    id: "Tempat draf Anda diperiksa.",
  },
  "options.sites.locked": { en: "The policy keeps these on", id: "Kebijakan membuatnya tetap aktif" },
  "options.policies": { en: "Policies", id: "Kebijakan" },
  "options.policies.help": {
    en: "All of them apply together; the strictest rule counts.",
    id: "Semuanya berlaku bersama; aturan yang paling ketat yang dipakai.",
  },
  "options.policies.managed": {
    en: "Your company distributes the policy; it cannot be changed here.",
    id: "Kebijakan dibagikan oleh perusahaan; tidak bisa diubah di sini.",
  },
  "options.import": { en: "Import a policy file", id: "Impor berkas kebijakan" },
  "options.import.help": {
    en: "A file that ends in {kinds}, as your communications team gives it out. Choose its lists together with it.",
    id: "Berkas berakhiran {kinds}, seperti yang dibagikan tim komunikasi Anda. Pilih sekalian daftar-daftarnya.",
  },
  "options.imported": { en: "“{name}” is in force now.", id: "“{name}” sekarang berlaku." },
  "options.import.failed": {
    en: "This file could not be used, and nothing was changed: {message}",
    id: "Berkas ini tidak bisa dipakai, dan tidak ada yang berubah: {message}",
  },
  "options.import.none": {
    en: "None of these is a policy. Choose a file that ends in {kinds}.",
    id: "Tidak ada yang berupa kebijakan. Pilih berkas berakhiran {kinds}.",
  },
  "options.import.problems": {
    en: "This policy cannot be used yet, and nothing was changed. Its author can put this right:",
    id: "Kebijakan ini belum bisa dipakai, dan tidak ada yang berubah. Penulisnya dapat memperbaiki ini:",
  },
  "options.bundle": {
    en: "This is version {version} of the policy “{policy}”. It was signed with the key {signers}. Ask your company for the key’s fingerprint by another way, and import it only if the two are the same.",
    id: "Ini versi {version} dari kebijakan “{policy}”, ditandatangani dengan kunci {signers}. Tanyakan sidik jari kuncinya kepada perusahaan melalui jalan lain, dan impor hanya bila keduanya sama.",
  },
  "options.bundle.known": {
    en: "This is version {version} of the policy “{policy}”, signed with the same key as the one in force: {signers}.",
    id: "Ini versi {version} dari kebijakan “{policy}”, ditandatangani dengan kunci yang sama dengan yang berlaku: {signers}.",
  },
  "options.bundle.take": { en: "Import it", id: "Impor" },
  "options.bundle.leave": { en: "Leave it", id: "Batalkan" },
  "options.bundle.signed": { en: "signed with {signers}", id: "ditandatangani dengan {signers}" },
  "options.concealed": {
    en: "A list in it is meant to be kept out of sight, and would lie here in clear. Import the signed bundle instead; the author makes it with “draftguard compile” and “draftguard sign”.",
    id: "Sebuah daftar di dalamnya harus tetap tersembunyi, padahal di sini akan tersimpan terbuka. Impor bundel bertanda tangan sebagai gantinya; penulisnya membuatnya dengan “draftguard compile” dan “draftguard sign”.",
  },
  "options.remove": { en: "Remove", id: "Hapus" },
  "options.remove.label": { en: "Remove “{name}”", id: "Hapus “{name}”" },
  "options.removed": { en: "Removed.", id: "Sudah dihapus." },
  "options.about": { en: "About", id: "Tentang" },
  "options.privacy": {
    en: "Nothing that you type leaves this device. The only thing that is ever fetched is the policy.",
    id: "Yang Anda ketik tidak pernah keluar dari perangkat ini. Yang diambil dari jaringan hanya kebijakannya.",
  },
  "options.version": { en: "Draftguard {version}", id: "Draftguard {version}" },

  "handbook.title": { en: "Handbook", id: "Buku panduan" },
  "handbook.search": { en: "Search the handbook", id: "Cari di buku panduan" },
  "handbook.results": {
    en: { one: "{n} match", other: "{n} matches" },
    id: "{n} hasil",
  },
  "handbook.none": {
    en: "Nothing fits “{text}”. Try another word, or ask one of the contacts.",
    id: "Tidak ada yang cocok dengan “{text}”. Coba kata lain, atau tanyakan ke kontak.",
  },
  "handbook.print": { en: "Print", id: "Cetak" },
  "handbook.contents": { en: "Contents", id: "Daftar isi" },
  "handbook.other": { en: "More rules", id: "Aturan lainnya" },
  "handbook.empty": {
    en: "This policy has no sections to read. Its rules still help while you write.",
    id: "Kebijakan ini tidak punya bagian untuk dibaca. Aturannya tetap membantu saat Anda menulis.",
  },
  "handbook.contacts": { en: "Who can help", id: "Siapa yang bisa membantu" },
  "handbook.contact.none": { en: "No address given", id: "Alamat tidak dicantumkan" },
  "handbook.responses": { en: "Approved replies", id: "Balasan yang disetujui" },
  "handbook.responses.handle": { en: "@name", id: "@nama" },
  "handbook.responses.copy": { en: "Copy this reply", id: "Salin balasan ini" },
  "handbook.examples": { en: "Examples", id: "Contoh" },
  "handbook.example.fires": { en: "Draftguard would help here:", id: "Draftguard akan membantu di sini:" },
  "handbook.example.clear": { en: "This is fine:", id: "Ini boleh:" },
  "handbook.rule.where": { en: "Only on: {list}", id: "Hanya di: {list}" },
  "handbook.rule.surfaces": { en: "Only for: {list}", id: "Hanya untuk: {list}" },
  "handbook.rule.accounts": { en: "Only on: {list}", id: "Hanya pada: {list}" },
  "handbook.rule.until": { en: "Until {date}", id: "Sampai {date}" },
  "handbook.rule.from": { en: "From {date}", id: "Mulai {date}" },
  "handbook.rule.observed": {
    en: "Being tried out, shown nowhere yet",
    id: "Sedang diuji, belum ditampilkan",
  },
  "action.note": { en: "A tip, never in your way", id: "Saran, tidak menghalangi" },
  "action.warn": { en: "You decide", id: "Anda yang memutuskan" },
  "action.justify": { en: "A reason is asked", id: "Perlu alasan" },
  "action.approve": { en: "Needs an approval", id: "Perlu persetujuan" },
  "action.block": { en: "Has to be changed", id: "Harus diubah" },
  "surface.post": { en: "posts", id: "postingan" },
  "surface.reply": { en: "replies", id: "balasan" },
  "surface.comment": { en: "comments", id: "komentar" },
  "surface.quote": { en: "quotes", id: "kutipan" },
  "surface.thread": { en: "threads", id: "utas" },
  "surface.message": { en: "messages", id: "pesan" },
  "surface.profile": { en: "profile texts", id: "teks profil" },
  "surface.edit": { en: "edits", id: "suntingan" },
  "surface.poll": { en: "polls", id: "jajak pendapat" },
  "surface.alt": { en: "image descriptions", id: "deskripsi gambar" },
  "account.personal": { en: "personal accounts", id: "akun pribadi" },
  "account.brand": { en: "company accounts", id: "akun perusahaan" },
  "changes.title": { en: "What changed since you last read it", id: "Yang berubah sejak terakhir Anda baca" },
  "changes.added": { en: "New", id: "Baru" },
  "changes.changed": { en: "Changed", id: "Diubah" },
  "changes.removed": { en: "No longer there", id: "Sudah tidak ada" },
  "ack.title": { en: "Have you read it?", id: "Sudah Anda baca?" },
  "ack.button": { en: "I have read version {version}", id: "Saya sudah membaca versi {version}" },
  "ack.done": {
    en: "You read version {version} on {date}.",
    id: "Anda membaca versi {version} pada {date}.",
  },

  "safety.due": {
    en: {
      one: "It is time to look after {name} again ({n} account).",
      other: "It is time to look after {name} and others again ({n} accounts).",
    },
    id: "Saatnya memeriksa lagi {name} ({n} akun).",
  },
  "safety.due.look": { en: "To the checklist", id: "Ke daftar periksa" },
  "history.reason": { en: "Your reason: {text}", id: "Alasan Anda: {text}" },
  "history.title": { en: "History", id: "Riwayat" },
  "history.lead": {
    en: "What Draftguard did on this device. Nobody else can see it, and it holds no word of what you wrote unless you want that.",
    id: "Apa yang dilakukan Draftguard di perangkat ini. Orang lain tidak bisa melihatnya, dan tidak satu kata pun dari tulisan Anda dimuat kecuali Anda menghendakinya.",
  },
  "history.empty": { en: "Nothing yet. That is good news.", id: "Belum ada apa-apa. Itu kabar baik." },
  "history.when": { en: "When", id: "Waktu" },
  "history.site": { en: "Site", id: "Situs" },
  "history.rules": { en: "About", id: "Tentang" },
  "history.outcome": { en: "What happened", id: "Yang terjadi" },
  "history.export": { en: "Save everything", id: "Simpan semuanya" },
  "history.export.support": { en: "Save without texts, for support", id: "Simpan tanpa teks, untuk bantuan" },
  "history.text": { en: "Keep my texts too", id: "Simpan juga teks saya" },
  "history.text.help": {
    en: "On this device only. Never where a protected term was found. Switching it off deletes the texts kept so far.",
    id: "Hanya di perangkat ini. Tidak pernah jika ada istilah yang dilindungi. Jika dimatikan, teks yang tersimpan dihapus.",
  },
  "history.text.deleted": {
    en: "The texts were deleted. What happened stays.",
    id: "Teksnya sudah dihapus. Catatan kejadiannya tetap ada.",
  },
  "history.text.show": { en: "The text", id: "Teksnya" },
  "history.clear": { en: "Delete all", id: "Hapus semua" },
  "history.clear.sure": {
    en: "Delete everything? This cannot be undone.",
    id: "Hapus semuanya? Tidak bisa dibatalkan.",
  },
  "history.clear.yes": { en: "Yes, delete", id: "Ya, hapus" },
  "history.clear.no": { en: "Keep it", id: "Jangan" },
  "history.cleared": { en: "Everything was deleted.", id: "Semua sudah dihapus." },
  "history.more": { en: "Show more", id: "Tampilkan lagi" },
  "history.elsewhere": { en: "another site", id: "situs lain" },
  "outcome.held": { en: "Held for a look", id: "Ditahan untuk dilihat" },
  "outcome.fixed": { en: "Put right", id: "Diperbaiki" },
  "outcome.edited": { en: "Edited", id: "Diubah" },
  "outcome.posted-anyway": { en: "Posted anyway", id: "Tetap dikirim" },
  "outcome.let-go": { en: "Sent; only the badge said so", id: "Terkirim; hanya lencana memberi tahu" },
  "outcome.false-positive": { en: "You said: not a problem", id: "Kata Anda: bukan masalah" },
  "outcome.observed": { en: "Counted while being tried out", id: "Dihitung selama uji coba" },
  "outcome.unavailable": { en: "Could not be checked", id: "Tidak bisa diperiksa" },

  "welcome.title": { en: "Welcome to Draftguard", id: "Selamat datang di Draftguard" },
  "welcome.step": { en: "Step {at} of {n}", id: "Langkah {at} dari {n}" },
  "welcome.next": { en: "Next", id: "Lanjut" },
  "welcome.back": { en: "Back", id: "Kembali" },
  "welcome.finish": { en: "Start", id: "Mulai" },
  "welcome.does.title": { en: "A second pair of eyes", id: "Sepasang mata tambahan" },
  "welcome.does.text": {
    en: "While you write a post, a reply or a comment, Draftguard compares it with your company’s social-media policy. If something could harm you or the company, it says so before you post, and offers a way to put it right.",
    id: "Saat Anda menulis postingan, balasan, atau komentar, Draftguard mencocokkannya dengan kebijakan media sosial perusahaan. Jika ada yang bisa merugikan Anda atau perusahaan, Draftguard memberi tahu sebelum terkirim dan menawarkan jalan keluarnya.",
  },
  "welcome.never.title": { en: "What it never does", id: "Yang tidak pernah dilakukannya" },
  "welcome.never.1": {
    en: "Nothing that you type leaves this device. Not to your company, not to us, to nobody.",
    id: "Yang Anda ketik tidak pernah keluar dari perangkat ini. Tidak ke perusahaan, tidak ke kami, tidak ke siapa pun.",
  },
  "welcome.never.2": {
    en: "It never changes your text by itself, and never posts for you.",
    id: "Teks Anda tidak pernah diubah sendiri, dan tidak pernah dikirimkan untuk Anda.",
  },
  "welcome.never.3": {
    en: "It does not watch what you read. It only looks into fields where you write, on the sites that it knows.",
    id: "Bacaan Anda tidak diawasi. Yang dilihat hanya kolom tempat Anda menulis, di situs yang dikenalnya.",
  },
  "welcome.never.4": {
    en: "Talking with colleagues about pay and working conditions is your right; it is not flagged by default.",
    id: "Membicarakan upah dan kondisi kerja dengan rekan adalah hak Anda; secara bawaan hal itu tidak ditandai.",
  },
  "welcome.try.title": { en: "Try it", id: "Coba sekarang" },
  "welcome.try.text": {
    en: "Here is a draft with something in it. See what happens, and change it as you like.",
    id: "Ini contoh draf yang perlu dibenahi. Lihat apa yang terjadi, dan ubah sesuka Anda.",
  },
  "welcome.try.sample": {
    en: "Our new login is admin and the password is Sommer2026! You idiots over there will never guess it. Write me: budi.santoso@gmail.com",
    id: "Login baru kita admin dan kata sandinya Sommer2026! Dasar bodoh, kalian tidak akan bisa menebaknya. Kirim ke: budi.santoso@gmail.com",
  },
} as const satisfies Catalogue;

/** A key of the pages' words. */
export type PageKey = keyof typeof PAGES;
