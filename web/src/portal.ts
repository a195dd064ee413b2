import "./styles/portal-entry.css";
import { keepPage } from "./features/language";
import { submitOnce } from "./features/submit";

submitOnce(document);
keepPage(document);
