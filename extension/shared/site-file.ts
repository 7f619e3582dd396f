/**
 * The data file of a site, as `crates/core/src/site/file.rs` defines and checks it. What a file leaves out is absent
 * here too.
 */
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
  audience?: Reading[];
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
  fields?: { role: PartRole; select: string[] }[];
  submit?: string[];
  submit_text?: { select: string; labels?: string[]; last?: boolean };
  confirm?: string[];
  keys?: Key[];
  press?: boolean;
  answering?: Reading[];
  cards?: string[];
  media?: string[];
  limit?: { max: number; unit: string; link?: number };
  limit_from?: Reading[];
  fold?: number;
  confidence: Confidence;
}

export interface Reading {
  select: string;
  read?: string;
  take?: "all" | "handle" | "last-segment" | "number" | "left" | "first-line";
  page?: boolean;
}

export type Key = "enter" | "mod-enter" | "mod-enter-up" | "mod-s" | "enter-by-setting";

export type Confidence = "low" | "medium" | "high";
