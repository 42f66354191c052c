"""What is signed: closes of the months, why figures moved since, and the proof of old figures."""
