import type { ConfidenceName } from '../../src/protocol/waterfall.ts';

/** 16 × 16, drawn with `currentColor`; `fill` says which are shapes rather than lines. */
const paths = {
  chevron: 'M6 3.5 10.5 8 6 12.5',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9ZM10.3 10.3 13.8 13.8',
  close: 'M3.8 3.8 12.2 12.2M12.2 3.8 3.8 12.2',
  up: 'M8 13V3.5M3.8 7.5 8 3.3l4.2 4.2',
  down: 'M8 3v9.5M3.8 8.5 8 12.7l4.2-4.2',
  onlyMatches: 'M2 4h12M4.5 8h7M6.8 12h2.4',
  expandLevel: 'M3 3h10M8 5.8v7.4M4.8 10 8 13.2 11.2 10',
  undo: 'M6 3 2.8 6.200 6 9.400M2.8 6.200h6.700a3.700 3.700 0 0 1 0 7.400H6',
  redo: 'M10 3l3.200 3.200L10 9.400M13.2 6.200H6.500a3.700 3.700 0 0 0 0 7.400H10',
  criticalPath: 'M2 4.500h5v3.500h4v3.500h3',
  details: 'M2.5 3h11v10h-11ZM9.5 3v10',
  zoomReset: 'M2.5 8h11M5 5 2 8l3 3M11 5l3 3-3 3',
  keyboard: 'M1.500 4h13v8.500h-13ZM4 6.800h.1M6.700 6.800h.1M9.300 6.800h.1M12 6.800h.1M5 9.800h6',
  picture: 'M2 3h12v10H2ZM2 11l3.500-3.500 3 3 2-2 3.500 3.500M5 5.800h.1',
  copy: 'M5.5 5.500h8v8h-8ZM3.5 10.500h-1v-8h8v1',
  pair: 'M3.5 6h9M3.5 10h9',
  filter: 'M2.5 3.500h11L9.500 8.500v4.500l-3-1.500v-3Z',
  join: 'M2.5 4h4c2 0 2 4 4 4h3M2.5 12h4c2 0 2-4 4-4',
  check: 'M3 8.5 6.5 12 13 4.5',
  code: 'M5.5 4 1.8 8l3.7 4M10.5 4l3.7 4-3.7 4',
  moved: 'M3 2.500v5a3 3 0 0 0 3 3h7M10 7.5l3 3-3 3',
  sent: 'M2.5 8h10M8.5 4l4 4-4 4',
  received: 'M13.5 8h-10M7.5 4l-4 4 4 4',
  swap: 'M3 5.500h9M9 2.500l3 3-3 3M13 10.500H4M7 7.500l-3 3 3 3',
  row: 'M2.5 5h11M2.5 8h7M2.5 11h11',
  link: 'M6.5 3.500h-4v10h10v-4M9 2.500h4.500V7M13.5 2.5 7.5 8.5',
  warning: 'M8 2.3 14.3 13.500H1.700ZM8 6.500v3.500M8 11.600v.4',
  info: 'M8 1.800a6.2 6.2 0 1 1 0 12.400A6.2 6.2 0 0 1 8 1.800ZM8 7.200v4M8 4.800v.4',
  error:
    'M8 1.800a6.2 6.2 0 1 1 0 12.400A6.2 6.2 0 0 1 8 1.800ZM5.7 5.700l4.6 4.600M10.3 5.700l-4.6 4.6',
} as const;
export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

const svgNamespace = 'http://www.w3.org/2000/svg';

/** The same icon for rows, which are drawn by hand. */
export function iconElement(name: IconName): SVGSVGElement {
  const path = document.createElementNS(svgNamespace, 'path');
  path.setAttribute('d', paths[name]);
  return svgElement(`icon icon-${name}`, path);
}

/** How much of a disc is filled says how sure a mapping is; unmapped is an empty, dashed ring. */
const discs = {
  unmapped: '',
  weak: 'M8 8V3.500A4.5 4.5 0 0 1 12.5 8Z',
  likely: 'M8 3.500a4.5 4.5 0 0 1 0 9Z',
  strong: 'M8 8V3.500A4.5 4.5 0 1 1 3.5 8Z',
  exact: 'M8 3.500a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9Z',
} as const satisfies Record<ConfidenceName, string>;
const ring = 'M8 2.500a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Z';

export function ConfidenceIcon({ confidence }: { readonly confidence: ConfidenceName }) {
  return (
    <svg class={`confidence confidence-${confidence}`} viewBox="0 0 16 16" aria-hidden="true">
      <path class="ring" d={ring} />
      <path class="disc" d={discs[confidence]} />
    </svg>
  );
}

/** A confidence icon whose confidence can be changed. */
export function confidenceElement(): {
  readonly element: SVGSVGElement;
  readonly show: (confidence: ConfidenceName) => void;
} {
  const outline = document.createElementNS(svgNamespace, 'path');
  outline.setAttribute('class', 'ring');
  outline.setAttribute('d', ring);
  const disc = document.createElementNS(svgNamespace, 'path');
  disc.setAttribute('class', 'disc');
  const element = svgElement('confidence', outline, disc);
  let shown: ConfidenceName | undefined;
  return {
    element,
    show: (confidence) => {
      if (confidence === shown) return;
      shown = confidence;
      disc.setAttribute('d', discs[confidence]);
      element.setAttribute('class', `confidence confidence-${confidence}`);
    },
  };
}

/** A drawing over a row's timeline, in px from its top left. */
export function pathElement(className: string): {
  readonly element: SVGSVGElement;
  /** @param d as of a path; empty: nothing */
  readonly show: (d: string) => void;
} {
  const path = document.createElementNS(svgNamespace, 'path');
  const element = svgElement(className, path);
  element.removeAttribute('viewBox');
  let shown = '';
  return {
    element,
    show: (d) => {
      if (d !== shown) path.setAttribute('d', (shown = d));
    },
  };
}

function svgElement(className: string, ...children: readonly SVGElement[]): SVGSVGElement {
  const svg = document.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('class', className);
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(...children);
  return svg;
}
