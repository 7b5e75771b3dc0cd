export interface PageHtml {
  /** As `webview.asWebviewUri` gives them. */
  readonly scriptUri: string;
  readonly styleUri: string;
  /** `webview.cspSource`. */
  readonly cspSource: string;
  /** Fresh random text for each page, from `crypto`. */
  readonly nonce: string;
  readonly title: string;
  /** BCP 47, as `vscode.env.language`. */
  readonly language: string;
  /** Id of the element that the page draws into, and its data attributes. */
  readonly root: string;
  readonly data?: Readonly<Record<string, string>>;
  /** Where images may come from; undefined: there are none. */
  readonly images?: 'blob:';
}

/** The whole document of a page. Scripts run by nonce only; there are no inline styles, fonts or connections. */
export function pageHtml(page: PageHtml): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${page.nonce}'`,
    `style-src ${page.cspSource}`,
    ...(page.images ? [`img-src ${page.images}`] : []),
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  const data = Object.entries(page.data ?? {}).map(
    ([name, value]) => ` data-${name}="${escaped(value)}"`,
  );
  return `<!DOCTYPE html>
<html lang="${escaped(page.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(page.title)}</title>
<link rel="stylesheet" href="${escaped(page.styleUri)}">
</head>
<body>
<main id="${escaped(page.root)}"${data.join('')}></main>
<script type="module" nonce="${escaped(page.nonce)}" src="${escaped(page.scriptUri)}"></script>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => entities[mark] ?? '');
