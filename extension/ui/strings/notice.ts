/** Words of the line beside a compose box. */
import type { Catalogue } from "./index.ts";

export const NOTICE = {
  changed: {
    en: "The text changed while it was being checked, so it was not sent. Please post again.",
    id: "Teks berubah saat diperiksa, jadi belum dikirim. Silakan kirim lagi.",
  },
  scripted: {
    en: "The page tried to send this by itself. Press the button yourself to send it.",
    id: "Halaman mencoba mengirim ini sendiri. Tekan tombolnya sendiri untuk mengirim.",
  },
  "unavailable.passed": {
    en: "Sent without a check: Draftguard could not look at it just now.",
    id: "Dikirim tanpa pemeriksaan: Draftguard sedang tidak bisa memeriksanya.",
  },
  "unavailable.held": {
    en: "This could not be checked just now. Post again to try once more.",
    id: "Ini sedang tidak bisa diperiksa. Kirim lagi untuk mencoba sekali lagi.",
  },
  again: {
    en: "Checked. Press Enter again to send it.",
    id: "Sudah diperiksa. Tekan Enter lagi untuk mengirim.",
  },
  "post-anyway": { en: "Send unchecked", id: "Kirim tanpa diperiksa" },
  close: { en: "Close", id: "Tutup" },
} as const satisfies Catalogue;
