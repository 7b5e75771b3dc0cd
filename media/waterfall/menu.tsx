import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './icons.tsx';
import { placeMenu } from './placeMenu.ts';

/** A choice of a menu; a line is drawn above one that begins a group. */
export interface MenuItem {
  readonly label: string;
  /** The key that does the same. */
  readonly keys?: string;
  readonly onChoose: () => void;
  /** Defined: a choice that is on or off. */
  readonly checked?: boolean;
  readonly beginsGroup?: boolean;
  readonly disabled?: boolean;
}

export interface MenuProps {
  readonly icon: IconName;
  readonly label: string;
  readonly items: readonly MenuItem[];
}

/** A button with a menu below it: arrows, Home, End and letters move, Escape and Tab close it. */
export function Menu({ icon, label, items }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (menu.current && button.current) placeMenu(menu.current, button.current);
  }, [isOpen]);
  useEffect(() => {
    if (!isOpen) return undefined;
    choices(box.current)[0]?.focus();
    const onPointerDown = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    const onResize = () => setOpen(false);
    document.addEventListener('pointerdown', onPointerDown);
    window.addEventListener('resize', onResize);
    return () => {
      document.removeEventListener('pointerdown', onPointerDown);
      window.removeEventListener('resize', onResize);
    };
  }, [isOpen]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div
      class="menu-box"
      ref={box}
      onKeyDown={(event: KeyboardEvent) => {
        if (isOpen && onMenuKey(event, choices(box.current), close)) {
          event.preventDefault();
          event.stopPropagation();
        }
      }}
      onFocusOut={(event: FocusEvent) => {
        if (event.relatedTarget instanceof Node && !box.current?.contains(event.relatedTarget))
          setOpen(false);
      }}
    >
      <button
        type="button"
        class="icon-button menu-button"
        ref={button}
        title={label}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name={icon} />
        <Icon name="chevron" />
      </button>
      {isOpen && (
        <div class="menu" ref={menu} role="menu" aria-label={label}>
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              class={item.beginsGroup === true ? 'menu-item begins-group' : 'menu-item'}
              role={item.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
              aria-checked={item.checked}
              aria-disabled={item.disabled ?? false}
              tabIndex={-1}
              onClick={() => {
                if (item.disabled === true) return;
                close();
                item.onChoose();
              }}
            >
              <span class="menu-check">{item.checked === true && <Icon name="check" />}</span>
              <span class="menu-label">{item.label}</span>
              {item.keys !== undefined && <kbd>{item.keys}</kbd>}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

const choices = (box: HTMLElement | null): readonly HTMLElement[] => [
  ...(box?.querySelectorAll<HTMLElement>('.menu-item') ?? []),
];

/** False: the key is not the menu's; with Ctrl, Cmd or Alt it is the editor's. */
function onMenuKey(
  { key, ctrlKey, metaKey, altKey }: KeyboardEvent,
  items: readonly HTMLElement[],
  close: () => void,
): boolean {
  if (ctrlKey || metaKey || altKey) return false;
  const at = items.findIndex((item) => item === document.activeElement);
  const step = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[key];
  if (step !== undefined) items.at(step % items.length)?.focus();
  else if (key === 'Escape') close();
  else if (key.length === 1 && key !== ' ') {
    const isNamed = (item: HTMLElement) =>
      (item.querySelector('.menu-label')?.textContent ?? '')
        .toLowerCase()
        .startsWith(key.toLowerCase());
    [...items.slice(at + 1), ...items.slice(0, at + 1)].find(isNamed)?.focus();
  } else return false;
  return true;
}
