import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { Language } from '#domain/language.ts';
import { assertNever } from '#domain/result.ts';
import type { ConsoleLink } from './console-link.ts';
import { ConsoleScope } from './context.ts';
import { Nav, type PageName, pagesFor } from './frame/nav.tsx';
import { NoticeLine } from './frame/notice-line.tsx';
import { TopBar } from './frame/top-bar.tsx';
import { AuditPage } from './pages/audit.tsx';
import { DevicesPage } from './pages/devices.tsx';
import { LogInPage } from './pages/log-in.tsx';
import { NetworkPage } from './pages/network.tsx';
import { OverviewPage } from './pages/overview.tsx';
import { QueuePage } from './pages/queue.tsx';
import { RepairPage } from './pages/repair.tsx';
import { SettingsPage } from './pages/settings.tsx';

/** The whole console. What is on it was asked of the station, which decides what may be seen. */
export function ConsolePage(props: { readonly station: ConsoleLink }): JSX.Element | null {
  const { station } = props;
  const [language, setLanguage] = useState<Language>('zh-CN');
  const [wanted, setWanted] = useState<PageName>('repair');
  const logIn = station.logIn.value;
  const stage = logIn?.stage ?? 'out';
  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  // Who logs in wants to see how things stand; who shows a badge wants to log in; who is logged out is back at the door.
  useEffect(() => {
    if (stage === 'in') setWanted('overview');
    else if (stage === 'badge') setWanted('log-in');
  }, [stage]);
  const pages = pagesFor(logIn);
  const page = pages.includes(wanted) ? wanted : 'repair';
  useLayoutEffect(() => {
    document.documentElement.dataset.page = page;
    document.documentElement.dataset.stage = stage;
  }, [page, stage]);
  if (logIn === null || station.repair.value === null) return null;
  return (
    <ConsoleScope.Provider value={{ station, language }}>
      <div class="console" lang={language}>
        <TopBar logIn={logIn} repair={station.repair.value} onLanguage={setLanguage} />
        <Nav pages={pages} page={page} onPage={setWanted} />
        <main class="console__main" key={page}>
          <NoticeLine />
          <PageView page={page} />
        </main>
      </div>
    </ConsoleScope.Provider>
  );
}

function PageView(props: { readonly page: PageName }): JSX.Element {
  switch (props.page) {
    case 'repair':
      return <RepairPage />;
    case 'log-in':
      return <LogInPage />;
    case 'overview':
      return <OverviewPage />;
    case 'devices':
      return <DevicesPage />;
    case 'queue':
      return <QueuePage />;
    case 'network':
      return <NetworkPage />;
    case 'audit':
      return <AuditPage />;
    case 'settings':
      return <SettingsPage />;
    default:
      return assertNever(props.page);
  }
}
