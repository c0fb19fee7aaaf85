import './styles/citizen.css';
import { render } from 'preact';
import { createFaceCamera } from '#renderer/camera/face-camera.ts';
import { hostChannel } from '#renderer/channel.ts';
import { CitizenPage } from './citizen-page.tsx';
import { makeFaceSession } from './face-session.ts';
import { linkStation } from './station-link.ts';
import { watchActivity } from './watch-activity.ts';

const onFault = (error: unknown) => console.error(error);

const station = linkStation({
  channel: hostChannel(window, 'eidChannel'),
  later: (task, milliseconds) => setTimeout(task, milliseconds),
  onFault,
});
const face = makeFaceSession({
  client: station.client,
  createCamera: createFaceCamera,
  now: () => performance.now(),
  every: (task, milliseconds) => {
    const timer = setInterval(task, milliseconds);
    return () => clearInterval(timer);
  },
  onFault,
});
watchActivity({ target: document, now: () => performance.now(), station });

const root = document.getElementById('page');
if (root === null) throw new Error('citizen/index.html lacks the element with id "page"');
render(<CitizenPage station={station} face={face} />, root);
