/**
 * The data file of a site, as `crates/core/src/site/file.rs` defines and checks it. What a file leaves out is absent
 * here too.
 */
import type { AccountKind } from "./generated/AccountKind.ts";
import type { Audience } from "./generated/Audience.ts";
import type { PartRole } from "./generated/PartRole.ts";
import type { Surface } from "./generated/Surface.ts";

export interface SiteFile {
  id: string;
  name: string;
  hosts?: string[];
  paths?: string[];
  marker?: string;
  confidence: Confidence;
  account?: Reading[];
  kind?: Sign<AccountKind>[];
  audience?: Sign<Audience>[];
  not_submit?: string[];
  decoys?: string[];
  surfaces: SurfaceFile[];
}

export interface SurfaceFile {
  surface: Surface;
  when?: { path?: string[]; inside?: string[]; has?: string[] };
  editors: string[];
  several?: boolean;
  scope?: string[];
  fields?: { role: PartRole; select: string[]; limit?: SiteLimit }[];
  submit?: string[];
  submit_text?: SubmitText;
  confirm?: string[];
  confirm_text?: SubmitText;
  keys?: Key[];
  press?: boolean;
  answering?: Reading[];
  account?: Reading[];
  cards?: string[];
  media?: string[];
  limit?: SiteLimit;
  limit_from?: Reading[];
  fold?: number;
  confidence: Confidence;
}

export interface Reading {
  select: string;
  read?: string;
  after?: string[];
  before?: string[];
  take?: "all" | "handle" | "last-segment" | "number" | "left" | "first-line";
  page?: boolean;
  around?: string;
}

export interface Sign<T> {
  means: T;
  path?: string[];
  select?: string;
  read?: string;
  words?: string[];
  page?: boolean;
}

export interface SubmitText {
  select: string;
  labels?: string[];
  last?: boolean;
}

export interface SiteLimit {
  max: number;
  unit: string;
  link?: number;
}

export type Key = "enter" | "mod-enter" | "mod-enter-up" | "mod-s" | "enter-by-setting";

export type Confidence = "low" | "medium" | "high";
