// The server bundles this once per site: the alias "fixture" is the site's own page.
import { mount } from "fixture";

mount(new URL(location.href));
