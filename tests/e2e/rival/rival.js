// Another extension of the kind: holds the Post button's clicks too, shows something of its own, and clicks later.
let releasing = false;
addEventListener(
  "click",
  (event) => {
    const button = event.composedPath().find((el) => el.matches?.("[data-testid^=tweetButton]"));
    if (!button || releasing) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    const host = document.createElement("rival-layer");
    host.attachShadow({ mode: "closed" }).append("looking");
    document.documentElement.append(host);
    requestAnimationFrame(() => {
      host.remove();
      releasing = true;
      button.click();
      releasing = false;
    });
  },
  true,
);
