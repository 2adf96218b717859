# frozen_string_literal: true

class Lesson < ApplicationRecord
  belongs_to :course

  def outline
    Ai::Request.new(purpose: "outline", grade: course.grade, school_type: course.school_type)
               .with(:lesson_id, id)
               .call("Outline #{title}")
  end

  def similar
    Lesson.where(purpose: "outline").with(recent: Lesson.order(:created_at))
  end
end
