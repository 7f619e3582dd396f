/** Patterns of hosts and paths, as the site files have them. */

/** Whether a host fits a host of a site file; `*.` stands for any number of leading labels. */
export function hostFits(host: string, pattern: string): boolean {
  if (!pattern.startsWith("*.")) return host === pattern;
  return host === pattern.slice(2) || host.endsWith(pattern.slice(1));
}

/** Whether a path fits a pattern, in which `*` stands for anything. */
export function pathFits(path: string, pattern: string): boolean {
  const pieces = pattern.split("*");
  const first = pieces[0] ?? "";
  if (pieces.length === 1) return path === first;
  if (!path.startsWith(first)) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  const last = pieces[pieces.length - 1] ?? "";
  return path.length - last.length >= at && path.endsWith(last);
}
