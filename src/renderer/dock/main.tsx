import '#ui/theme/fonts.css';
import '#ui/theme/tokens.css';
import '#ui/theme/base.css';
import './dock.css';
import './counter.css';
import { render } from 'preact';
import { hostChannel } from '#renderer/channel.ts';
import { linkDock } from './dock-link.ts';
import { DockPage } from './dock-page.tsx';

const dock = linkDock({
  channel: hostChannel(window, 'eidDockChannel'),
  later: (task, milliseconds) => setTimeout(task, milliseconds),
});
const root = document.getElementById('page');
if (root === null) throw new Error('dock/index.html lacks the element with id "page"');
render(<DockPage dock={dock} />, root);
