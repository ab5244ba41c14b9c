console.log("note: nothing yet");
