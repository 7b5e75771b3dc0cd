export function isRelative(target: string): boolean;
export function relativeLinks(markdown: string): { isPicture: boolean; target: string }[];
export function packedReadme(
  markdown: string,
  options: { readonly repository: string; readonly version: string },
): string;
