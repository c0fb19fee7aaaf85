import './styles/console.css';
import { render } from 'preact';
import { hostChannel } from '#renderer/channel.ts';
import { linkConsole } from './console-link.ts';
import { ConsolePage } from './console-page.tsx';
import { watchTouches } from './watch-touches.ts';

const station = linkConsole({
  channel: hostChannel(window, 'eidChannel'),
  later: (task, milliseconds) => setTimeout(task, milliseconds),
  now: () => performance.now(),
  onFault: (error) => console.error(error),
});
watchTouches({ target: document, now: () => performance.now(), touched: station.touched });

const root = document.getElementById('page');
if (root === null) throw new Error('console/index.html lacks the element with id "page"');
render(<ConsolePage station={station} />, root);
