export interface WaterfallPage {
  /** As `webview.asWebviewUri` gives them. */
  readonly scriptUri: string;
  readonly styleUri: string;
  /** `webview.cspSource`. */
  readonly cspSource: string;
  /** Fresh random text for each page, from `crypto`. */
  readonly nonce: string;
  readonly title: string;
  /** The page keeps it over a reload. */
  readonly traceId: string;
  /** BCP 47, as `vscode.env.language`. */
  readonly language: string;
}

/**
 * The whole document of the waterfall page. Nothing of a trace but its id is ever written into it:
 * data comes by message. Scripts run by nonce only; there are no inline styles, fonts, images or connections.
 */
export function waterfallHtml(page: WaterfallPage): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${page.nonce}'`,
    `style-src ${page.cspSource}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
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
<main id="waterfall" data-trace-id="${escaped(page.traceId)}"></main>
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
