/*
 * A telephone's picture is larger than the chart takes: it is drawn smaller before it is handed in. Where the browser
 * cannot read it, it is handed in as it is, and the page says what is wrong.
 */

const MOST_BYTES = 2 * 1024 * 1024;
const LONGEST_SIDE = 1600;
const QUALITY = 0.85;

const input = document.querySelector("#stills [name=image]");

input?.addEventListener("change", async () => {
  const [file] = input.files;
  if (!file || file.size <= MOST_BYTES) return;
  const button = input.form.querySelector("button:not([type=button])");
  button.disabled = true;
  try {
    const smaller = await drawnSmaller(file);
    if (smaller && input.files[0] === file) hand(smaller);
  } catch {
    // not a picture that this browser reads
  } finally {
    button.disabled = false;
  }
});

async function drawnSmaller(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  return blob && new File([blob], "still.jpg", { type: "image/jpeg" });
}

function hand(file) {
  const parcel = new DataTransfer();
  parcel.items.add(file);
  input.files = parcel.files;
}
