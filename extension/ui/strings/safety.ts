/** The words of the safety page: the checklist and the playbook. */
import type { Catalogue } from "./index.ts";

export const SAFETY = {
  "safety.title": { en: "Safety", id: "Keamanan" },
  "safety.lead": {
    en: "Five minutes for each account keep most attackers out. What you tick stays on this device.",
    id: "Lima menit per akun sudah menahan sebagian besar penyerang. Centang Anda tersimpan di perangkat ini saja.",
  },
  "safety.checklist": { en: "The checklist", id: "Daftar periksa" },
  "safety.accounts": { en: "My accounts", id: "Akun saya" },
  "safety.account.name": {
    en: "Account, for example @budi on X",
    id: "Akun, misalnya @budi di X",
  },
  "safety.account.add": { en: "Add", id: "Tambah" },
  "safety.account.remove": { en: "Remove “{name}”", id: "Hapus “{name}”" },
  "safety.account.none": {
    en: "Add the accounts that you post from, your own and the company’s, and go through the list for each.",
    id: "Tambahkan akun yang Anda pakai, pribadi maupun perusahaan, lalu periksa daftarnya satu per satu.",
  },
  "safety.done": { en: "{n} of {all} done", id: "{n} dari {all} selesai" },
  "safety.checked": { en: "Last looked at on {date}", id: "Terakhir diperiksa {date}" },
  "safety.again": {
    en: "It is time to look at this account again: more than half a year has passed.",
    id: "Saatnya memeriksa akun ini lagi: sudah lebih dari setengah tahun.",
  },
  "safety.reset": { en: "Look at it again", id: "Periksa ulang" },
  "check.password": {
    en: "A strong password that is used nowhere else",
    id: "Kata sandi kuat yang tidak dipakai di tempat lain",
  },
  "check.password.why": {
    en: "Passwords stolen from one site are tried on all others. A password manager makes and remembers them.",
    id: "Kata sandi yang bocor dari satu situs dicoba di situs lain. Pengelola kata sandi membuat dan mengingatnya.",
  },
  "check.two-factor": { en: "Two-factor authentication is on", id: "Autentikasi dua faktor aktif" },
  "check.two-factor.why": {
    en: "An app or a security key is safer than a text message. Keep the backup codes on paper.",
    id: "Aplikasi atau kunci keamanan lebih aman daripada SMS. Simpan kode cadangan di kertas.",
  },
  "check.recovery": {
    en: "Recovery mail and phone are mine and up to date",
    id: "Surel dan telepon pemulihan milik saya dan masih benar",
  },
  "check.recovery.why": {
    en: "Whoever has your old number or mailbox can take the account over.",
    id: "Siapa pun yang memegang nomor atau surel lama Anda bisa mengambil alih akun.",
  },
  "check.sessions": {
    en: "I know every device that is signed in",
    id: "Saya mengenal semua perangkat yang masuk",
  },
  "check.sessions.why": {
    en: "Sign out what you do not know, and then change the password.",
    id: "Keluarkan yang tidak Anda kenal, lalu ganti kata sandinya.",
  },
  "check.apps": {
    en: "I know every app that may use the account",
    id: "Saya mengenal semua aplikasi yang boleh memakai akun ini",
  },
  "check.apps.why": {
    en: "Old tools and games often keep the right to post. Take it back.",
    id: "Alat dan gim lama sering masih boleh mengirim postingan. Cabut izinnya.",
  },
  "check.updates": {
    en: "Browser, phone and computer are up to date",
    id: "Peramban, ponsel, dan komputer sudah diperbarui",
  },
  "check.updates.why": {
    en: "Updates close holes that attackers already use.",
    id: "Pembaruan menutup celah yang sudah dipakai penyerang.",
  },
  "check.phishing": {
    en: "I know how to spot a false message",
    id: "Saya bisa mengenali pesan palsu",
  },
  "check.phishing.why": {
    en: "No site and no colleague asks for a password or a code. Look at the address before you sign in; hurry is a warning sign.",
    id: "Tidak ada situs atau rekan yang meminta kata sandi atau kode. Lihat alamatnya sebelum masuk; desakan untuk buru-buru itu tanda bahaya.",
  },
  "check.shared": {
    en: "For company accounts: each person has their own access",
    id: "Untuk akun perusahaan: tiap orang punya akses sendiri",
  },
  "check.shared.why": {
    en: "A shared password leaves with everybody who leaves. Use the site’s roles instead.",
    id: "Kata sandi bersama ikut pergi dengan setiap orang yang keluar. Pakailah peran yang disediakan situs.",
  },
  "versions.title": { en: "This device", id: "Perangkat ini" },
  "versions.browser": { en: "Browser: {name} {version}", id: "Peramban: {name} {version}" },
  "versions.browser.unknown": { en: "Browser: not recognised", id: "Peramban: tidak dikenali" },
  "versions.extension": { en: "Draftguard {version}", id: "Draftguard {version}" },
  "versions.old": {
    en: "This browser is older than the oldest one that still gets security updates as far as this version of Draftguard knows ({least}). Please update it.",
    id: "Peramban ini lebih tua daripada versi tertua yang masih mendapat pembaruan keamanan sejauh yang diketahui Draftguard versi ini ({least}). Mohon perbarui.",
  },
  "versions.fine": {
    en: "As far as this version of Draftguard knows, the browser is recent enough. It asks no server, so it cannot know of newer ones.",
    id: "Sejauh yang diketahui Draftguard versi ini, peramban Anda cukup baru. Draftguard tidak bertanya ke server, jadi tidak tahu versi yang lebih baru.",
  },
  "playbook.title": { en: "My account was taken over", id: "Akun saya diambil alih" },
  "playbook.lead": {
    en: "Breathe. Go through this from the top; tell us early rather than late. Nobody will blame you.",
    id: "Tarik napas. Ikuti langkah ini dari atas; lebih baik cepat memberi tahu. Tidak ada yang akan menyalahkan Anda.",
  },
  "playbook.1": {
    en: "Try to sign in and change the password at once",
    id: "Coba masuk dan segera ganti kata sandi",
  },
  "playbook.1.more": {
    en: "Type the site’s address yourself; do not use a link from a message. If you cannot get in, use “Forgot password” or the site’s page for hacked accounts.",
    id: "Ketik sendiri alamat situsnya; jangan pakai tautan dari pesan. Jika tidak bisa masuk, pakai “Lupa kata sandi” atau halaman akun diretas dari situs itu.",
  },
  "playbook.2": { en: "Sign out every other device", id: "Keluarkan semua perangkat lain" },
  "playbook.2.more": {
    en: "In the security settings, end all sessions and remove apps that you do not know.",
    id: "Di pengaturan keamanan, akhiri semua sesi dan hapus aplikasi yang tidak Anda kenal.",
  },
  "playbook.3": { en: "Tell the people who can help", id: "Beri tahu yang bisa membantu" },
  "playbook.3.more": {
    en: "If the account speaks for the company, or you work with it, tell them now, also at night.",
    id: "Jika akun itu mewakili perusahaan, atau Anda memakainya untuk bekerja, beri tahu sekarang juga, malam hari sekalipun.",
  },
  "playbook.4": { en: "Look at what was posted", id: "Lihat apa yang sudah dikirim" },
  "playbook.4.more": {
    en: "Take screenshots first, then delete. Check direct messages too: friends may have been asked for money or codes.",
    id: "Ambil tangkapan layar dulu, baru hapus. Periksa juga pesan langsung: teman Anda mungkin dimintai uang atau kode.",
  },
  "playbook.5": { en: "Warn your contacts", id: "Peringatkan kontak Anda" },
  "playbook.5.more": {
    en: "One short, true sentence: the account was taken over, please ignore what came from it, and do not open links.",
    id: "Satu kalimat singkat dan jujur: akun ini sempat diambil alih, abaikan pesan dari sana, dan jangan buka tautannya.",
  },
  "playbook.6": { en: "Change the same password elsewhere", id: "Ganti kata sandi yang sama di tempat lain" },
  "playbook.6.more": {
    en: "Begin with your mail account: whoever has it can reset all the others. Then switch two-factor authentication on.",
    id: "Mulai dari surel: siapa yang menguasainya bisa mengatur ulang semua akun lain. Lalu aktifkan autentikasi dua faktor.",
  },
  "playbook.contacts": { en: "Call or write now", id: "Hubungi sekarang" },
  "playbook.contacts.none": {
    en: "Your policy names no contact for security. Ask your IT help desk or your manager.",
    id: "Kebijakan Anda tidak mencantumkan kontak keamanan. Hubungi meja bantuan TI atau atasan Anda.",
  },
} as const satisfies Catalogue;

export type SafetyKey = keyof typeof SAFETY;
