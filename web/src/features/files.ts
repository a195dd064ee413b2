import { say } from "../messages";

/**
 * The browser writes 'Choose file' in its own language, which on a Vietnamese page may be English.
 * The field stays, focusable and labelled; a button and the chosen names in the page's language show instead.
 */
export function fileFields(root: ParentNode): void {
  for (const field of root.querySelectorAll<HTMLInputElement>("input[type=file].input")) {
    if (!field.id) continue;
    const button = document.createElement("label");
    button.className = "button";
    button.htmlFor = field.id;
    button.textContent = say("chooseFile");
    const names = document.createElement("span");
    names.className = "small";
    const box = document.createElement("span");
    box.className = "file";
    box.append(button, names);
    field.classList.replace("input", "visually-hidden");
    field.after(box);
    const show = (): void => {
      names.textContent = [...(field.files ?? [])].map((file) => file.name).join(", ") || say("noFile");
    };
    field.addEventListener("change", show);
    show();
  }
}
