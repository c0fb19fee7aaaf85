/** W3C "MediaStreamTrack Insertable Media Processing using Streams"; Chromium has it, TypeScript's library does not. */
declare class MediaStreamTrackProcessor {
  constructor(init: { readonly track: MediaStreamTrack; readonly maxBufferSize?: number });
  readonly readable: ReadableStream<VideoFrame>;
}
