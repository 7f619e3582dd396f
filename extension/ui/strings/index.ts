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

/** The words of `catalogue` in `language`. */
export function translator<C extends Catalogue>(
  catalogue: C,
  language: Language,
): Translate<keyof C & string> {
  const plural = new Intl.PluralRules(language);
  const number = new Intl.NumberFormat(language);
  return (key, values = {}) => {
    const text = catalogue[key]?.[language] ?? "";
    const form =
      typeof text === "string"
        ? text
        : (text[plural.select(Number(values.n ?? 0)) as keyof typeof text] ?? text.other);
    return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      return typeof value === "number" ? number.format(value) : value;
    });
  };
}
