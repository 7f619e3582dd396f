/**
 * Our own words, in every language that we speak, switched at run time. Each entry holds all its languages side by
 * side, so that a change of one is seen beside the other.
 */
import type { Language } from "../../shared/protocol.ts";

/** A text, or its plural forms by CLDR category; `other` always exists. `{n}` chooses the form. */
export type Text = string | { one?: string; two?: string; few?: string; many?: string; other: string };

/** A text in every language. */
export type Entry = Record<Language, Text>;

export type Catalogue = Record<string, Entry>;

/** Gives the words of a key, `{name}` filled in from `values`. */
export type Translate<K extends string> = (key: K, values?: Record<string, string | number>) => string;

/** Languages that are written from right to left. */
const RIGHT_TO_LEFT = /^(ar|arc|ckb|dv|fa|he|ks|ps|sd|syr|ug|ur|yi)\b/;

/** Which way a language is written. */
export function direction(language: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.test(language) ? "rtl" : "ltr";
}

const made = new WeakMap<Catalogue, Map<Language, Translate<string>>>();

/** The words of `catalogue` in `language`. Made once: a badge asks in each frame in which it moves. */
export function translator<C extends Catalogue>(
  catalogue: C,
  language: Language,
): Translate<keyof C & string> {
  const known = made.get(catalogue) ?? new Map<Language, Translate<string>>();
  made.set(catalogue, known);
  let translate = known.get(language);
  if (translate === undefined) {
    translate = speaker(catalogue, language);
    known.set(language, translate);
  }
  return translate;
}

function speaker(catalogue: Catalogue, language: Language): Translate<string> {
  // Made when first needed: they load the locale's data, and most texts have no number in them.
  let plural: Intl.PluralRules | undefined;
  let number: Intl.NumberFormat | undefined;
  return (key, values = {}) => {
    const text = catalogue[key]?.[language] ?? "";
    let form = text as string;
    if (typeof text !== "string") {
      plural ??= new Intl.PluralRules(language);
      form = text[plural.select(Number(values.n ?? 0)) as keyof typeof text] ?? text.other;
    }
    return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      if (typeof value !== "number") return value;
      // Every language of ours writes a small whole number in the same digits.
      if (Number.isInteger(value) && value >= 0 && value < 1000) return String(value);
      number ??= new Intl.NumberFormat(language);
      return number.format(value);
    });
  };
}
