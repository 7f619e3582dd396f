/** Words about websites beyond those that the extension knows by name. */
import type { Catalogue } from "./index.ts";

export const HOSTS = {
  title: { en: "Other websites", id: "Situs lain" },
  help: {
    en: "Your own Mastodon server, an intranet, a forum: posts there are checked too once you allow it.",
    id: "Server Mastodon sendiri, intranet, forum: kiriman di sana ikut diperiksa setelah Anda izinkan.",
  },
  host: { en: "Address of the website", id: "Alamat situs" },
  add: { en: "Check posts there", id: "Periksa kiriman di sana" },
  remove: { en: "Stop checking {host}", id: "Berhenti memeriksa {host}" },
  wrong: {
    en: "Write the address of a website, such as social.example.org.",
    id: "Tulis alamat situs, misalnya social.example.org.",
  },
  refused: { en: "The browser did not allow it.", id: "Peramban tidak mengizinkannya." },
} as const satisfies Catalogue;
