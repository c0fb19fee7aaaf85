/**
 * What a kiosk must not let anybody do, and must do by itself. Both hosts fulfil every line: a test walks the list for
 * each of them.
 */
export const LOCK_DOWN = [
  'shows no menu and no frame of a window',
  'passes no keyboard shortcut on',
  'does not zoom',
  'does not pinch',
  'takes nothing that is dragged onto it',
  'opens no context menu',
  'opens no developer tools',
  'prints nothing that the page asks for',
  'downloads nothing',
  'grants the camera to our own pages, and nothing else to anybody',
  'navigates nowhere but within our own pages',
  'follows no redirect to anywhere else',
  'opens no further window',
  'embeds no foreign page',
  'loads nothing from anywhere else',
  'runs once',
  'keeps the display awake',
  'opens no debugging port',
  'keeps nothing of one page for the next',
  'reports no crash to anybody',
  'checks no spelling',
  'looks up no names and uses no proxy',
  'shows the same screen again after a crash',
  'replaces a page that hangs',
] as const;
export type LockDownItem = (typeof LOCK_DOWN)[number];
