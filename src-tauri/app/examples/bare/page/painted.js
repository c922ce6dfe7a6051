// Told in the same way as by the screens of the desk: in the second frame, when the first one is drawn.
requestAnimationFrame(() =>
  requestAnimationFrame(() => {
    performance.mark('bare-painted');
    document.documentElement.dataset.ready = 'bare';
  }),
);
