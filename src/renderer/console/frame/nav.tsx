import type { JSX } from 'preact';
import type { LogInView } from '#contract/console-api.ts';
import type { Permission } from '#domain/staff/role.ts';
import { Icon } from '#ui/icons/icon.tsx';
import type { IconName } from '#ui/icons/icon-shapes.tsx';
import { useText } from '../context.ts';

export type PageName =
  | 'repair'
  | 'log-in'
  | 'overview'
  | 'devices'
  | 'queue'
  | 'network'
  | 'audit'
  | 'settings';

const ICONS: Readonly<Record<PageName, IconName>> = {
  repair: 'tool',
  'log-in': 'lock',
  overview: 'counter',
  devices: 'printer',
  queue: 'send',
  network: 'globe',
  audit: 'receipt',
  settings: 'storage',
};

const NEEDED: readonly (readonly [PageName, Permission])[] = [
  ['overview', 'see-state'],
  ['devices', 'see-devices'],
  ['queue', 'see-queue'],
  ['network', 'see-state'],
  ['audit', 'see-audit'],
  ['settings', 'see-settings'],
];

/** Pages that are offered; what they show is the station's to decide. The repair path is always among them. */
export function pagesFor(logIn: LogInView | null): readonly PageName[] {
  if (logIn?.stage !== 'in' || logIn.member === null) return ['repair', 'log-in'];
  const { permissions } = logIn.member;
  const seen = NEEDED.filter(([, permission]) => permissions.includes(permission)).map(([page]) => page);
  return [...seen, 'repair'];
}

export function Nav(props: {
  readonly pages: readonly PageName[];
  readonly page: PageName;
  readonly onPage: (page: PageName) => void;
}): JSX.Element {
  const t = useText();
  return (
    <nav class="nav" aria-label={t('nav.label')}>
      {props.pages.map((page) => (
        <button
          key={page}
          type="button"
          class="nav__item"
          data-page={page}
          aria-current={page === props.page ? 'page' : undefined}
          onClick={() => props.onPage(page)}
        >
          <Icon name={ICONS[page]} />
          <span>{t(`nav.${page}`)}</span>
        </button>
      ))}
    </nav>
  );
}
