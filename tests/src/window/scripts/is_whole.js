// The document stands where it was and is not larger than the view; only lists and forms in it scroll.
const page = document.scrollingElement;
const app = document.getElementById('app');
return (
  [page, document.body, app].every((one) => one.scrollTop === 0 && one.scrollLeft === 0) &&
  page.scrollHeight <= innerHeight &&
  page.scrollWidth <= innerWidth
);
