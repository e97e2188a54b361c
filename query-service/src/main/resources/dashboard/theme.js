// Before anything is drawn, so that nothing flashes in the other theme.
(() => {
  let theme = null;
  try {
    theme = localStorage.getItem('tidemark.theme');
  } catch (refused) {
    // A browser that keeps nothing gets what the system says.
  }
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
})();
