// A page that has moved; not to where it is, which would load it again for ever.
const moved = document.querySelector("a[data-redirect]");
const whole = ({ href }) => href.split("#")[0];
if (moved && /^(https?|file):$/.test(moved.protocol) && whole(moved) !== whole(location)) {
  if (!moved.hash) moved.hash = location.hash;
  location.replace(moved.href);
}
